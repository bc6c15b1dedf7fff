import type { Metadata } from 'next';
import Link from 'next/link';
import { ArticleList } from '@/components/article-list';
import { ArticleText } from '@/components/article-text';
import { CATEGORY_NAMES } from '@/components/categories';
import { GlossaryTerms } from '@/components/glossary-terms';
import { Impressions } from '@/components/impressions';
import { publicPage } from '@/components/public-page';
import { RelatedDocuments } from '@/components/related-documents';
import { SeoulTime } from '@/components/seoul-time';
import { ArticleDocument } from '@/graphql/generated/graphql';
import { notThere } from '@/server/not-there';
import { readPublic } from '@/server/public-data';
import { ArticleView } from './article-view';
import styles from './article.module.css';

type Props = PageProps<'/articles/[id]'>;

/** Asked by the head of the page and by its body. */
const readArticle = async (id: string) => (await readPublic(ArticleDocument, { id })).article;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const article = await readArticle(id).catch(() => null);
  if (!article) return { title: '기사를 찾을 수 없습니다', robots: { index: false } };
  const { title, comment, imageUrl, publishedAt } = article;
  const description = comment ?? undefined;
  return {
    title,
    description,
    alternates: { canonical: `/articles/${id}` },
    openGraph: {
      type: 'article',
      title,
      description,
      siteName: '경단',
      locale: 'ko_KR',
      publishedTime: publishedAt,
      ...(imageUrl && { images: [imageUrl] }),
    },
  };
}

export default publicPage(async ({ params }: Props) => {
  const article = await readArticle((await params).id);
  if (!article) notThere();
  const { id, title, comment, publisher, sourceUrl, terms, relatedDocuments, similarArticles } = article;
  return (
    <div className={styles.page}>
      <article aria-labelledby="title">
        <p className={styles.about}>{CATEGORY_NAMES[article.category]}</p>
        <h1 id="title">{title}</h1>
        <p className={styles.origin}>
          {publisher.name} · <SeoulTime at={article.publishedAt} withTime /> · 조회{' '}
          {article.viewCount.toLocaleString('ko-KR')}
        </p>
        {article.imageUrl && (
          // On its publisher's server, of a size that nobody knows.
          <img
            className={styles.picture}
            src={article.imageUrl}
            alt=""
            referrerPolicy="no-referrer"
            loading="lazy"
          />
        )}
        <ArticleText article={article} />
        {comment && (
          <aside className={styles.comment} aria-label="한 줄 정리">
            <b>한 줄 정리</b> {comment}
          </aside>
        )}
        <p className={styles.source}>
          이 글은 {publisher.name}의 기사를 쉬운 말로 다시 쓴 것입니다.{' '}
          {sourceUrl && (
            <a href={sourceUrl} rel="noopener">
              원문 읽기
            </a>
          )}
        </p>
        <p className={styles.ask}>
          <Link className="button" href={`/sanjini?articleId=${id}`} prefetch={false}>
            이 기사에 대해 물어보기
          </Link>
        </p>
      </article>
      {terms.length > 0 && (
        <section aria-labelledby="terms">
          <h2 id="terms">용어 풀이</h2>
          <GlossaryTerms terms={terms} />
        </section>
      )}
      {relatedDocuments.length > 0 && (
        <section aria-labelledby="related">
          <h2 id="related">함께 볼 만한 글</h2>
          <RelatedDocuments documents={relatedDocuments} />
        </section>
      )}
      {similarArticles.length > 0 && (
        <section aria-labelledby="similar">
          <h2 id="similar">비슷한 기사</h2>
          <Impressions surface="SIMILAR">
            <ArticleList articles={similarArticles} />
          </Impressions>
        </section>
      )}
      <ArticleView id={id} />
    </div>
  );
});
