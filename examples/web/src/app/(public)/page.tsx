import Link from 'next/link';
import { ArticleList } from '@/components/article-list';
import { CATEGORIES, CATEGORY_NAMES, categoryOf } from '@/components/categories';
import { Impressions } from '@/components/impressions';
import { MoreArticles } from '@/components/more-articles';
import { publicPage } from '@/components/public-page';
import { HomeDocument } from '@/graphql/generated/graphql';
import { openCookies } from '@/server/cookies';
import { readPublic } from '@/server/public-data';
import { RecommendedArticles } from './recommended-articles';
import styles from './home.module.css';

const PAGE_SIZE = 12;

export default publicPage(async ({ searchParams }: PageProps<'/'>) => {
  const { category: wanted, after } = await searchParams;
  const category = categoryOf(wanted);
  const { popularArticles, articles } = await readPublic(HomeDocument, {
    first: PAGE_SIZE,
    after: typeof after === 'string' ? after : null,
    filter: { category },
  });
  const { role } = await openCookies();
  return (
    <>
      <h1 className="visually-hidden">경단: 쉬운 경제 뉴스</h1>
      {role ? (
        <section aria-labelledby="recommended">
          <h2 id="recommended">나를 위한 추천</h2>
          <RecommendedArticles />
        </section>
      ) : (
        <section aria-labelledby="popular">
          <h2 id="popular">많이 읽은 기사</h2>
          <Impressions surface="POPULAR">
            <ArticleList articles={popularArticles} />
          </Impressions>
        </section>
      )}
      <section aria-labelledby="newest">
        <h2 id="newest">새 기사</h2>
        <nav className={styles.categories} aria-label="분야">
          <CategoryLink current={category} />
          {CATEGORIES.map((each) => (
            <CategoryLink key={each} category={each} current={category} />
          ))}
        </nav>
        <Impressions surface={category ? 'LIST' : 'HOME'}>
          <MoreArticles
            key={`${category} ${after}`}
            first={articles}
            size={PAGE_SIZE}
            filter={{ category }}
            place={{ path: '/', query: category ? { category } : {}, hash: 'newest' }}
          />
        </Impressions>
      </section>
    </>
  );
});

type Category = (typeof CATEGORIES)[number];

function CategoryLink({ category, current }: { category?: Category; current: Category | undefined }) {
  return (
    <Link
      href={category ? `/?category=${category}#newest` : '/#newest'}
      prefetch={false}
      aria-current={category === current ? 'true' : undefined}
    >
      {category ? CATEGORY_NAMES[category] : '전체'}
    </Link>
  );
}
