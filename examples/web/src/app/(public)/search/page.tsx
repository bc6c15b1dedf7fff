import type { Metadata } from 'next';
import Link from 'next/link';
import { Impressions } from '@/components/impressions';
import { MoreArticles } from '@/components/more-articles';
import { publicPage } from '@/components/public-page';
import { Fault } from '@/graphql/fault';
import { SearchDocument, type SearchQuery } from '@/graphql/generated/graphql';
import { readPublic } from '@/server/public-data';
import { SearchForm } from './search-form';
import { SearchSuggestion } from './search-suggestion';
import { TermCard } from './term-card';
import styles from './search.module.css';

const PAGE_SIZE = 12;

type Props = PageProps<'/search'>;

async function wanted({ searchParams }: Props) {
  const { q, after } = await searchParams;
  return { search: typeof q === 'string' ? q.trim() : '', after: typeof after === 'string' ? after : null };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { search } = await wanted(props);
  return search ? { title: `‘${search}’ 검색`, robots: { index: false } } : { title: '기사 검색' };
}

export default publicPage(async (props: Props) => {
  const { search, after } = await wanted(props);
  if (!search)
    return (
      <>
        <h1>기사 검색</h1>
        <SearchForm search="" />
        <p className={styles.hint}>
          궁금한 낱말을 넣어 보세요. 조사나 띄어쓰기가 달라도 찾고, 초성(ㄱㅈㄱㄹ)으로도 찾을 수 있어요.
        </p>
      </>
    );
  const found = await findArticles(search, after);
  if (found instanceof Fault)
    return (
      <>
        <h1>기사 검색</h1>
        <SearchForm search={search} fault={found.message} />
        <p className={styles.hint}>
          낱말은 20개, 글자는 200자까지 찾을 수 있어요. <Link href="/search">처음부터 다시 찾기</Link>
        </p>
      </>
    );
  const { articles, findTerm: term } = found;
  return (
    <>
      <h1>
        ‘{search}’ 검색 결과{' '}
        <span className={styles.count}>{articles.totalCount.toLocaleString('ko-KR')}건</span>
      </h1>
      <SearchForm search={search} />
      <SearchSuggestion suggestion={articles.suggestion} />
      <div className={styles.results}>
        {term && <TermCard term={term} />}
        <section id="results" aria-label="찾은 기사">
          {articles.totalCount > 0 ? (
            <Impressions surface="SEARCH">
              <MoreArticles
                key={`${search} ${after}`}
                first={articles}
                size={PAGE_SIZE}
                filter={{ search }}
                place={{ path: '/search', query: { q: search }, hash: 'results' }}
              />
            </Impressions>
          ) : (
            <NothingFound search={search} />
          )}
        </section>
      </div>
    </>
  );
});

/** The fault when the text cannot be searched for. */
async function findArticles(search: string, after: string | null): Promise<SearchQuery | Fault> {
  const variables = { first: PAGE_SIZE, after, filter: { search }, question: search };
  try {
    return await readPublic(SearchDocument, variables);
  } catch (error) {
    if (error instanceof Fault && error.code === 'BAD_USER_INPUT') return error;
    throw error;
  }
}

function NothingFound({ search }: { search: string }) {
  return (
    <div className={styles.nothing}>
      <h2>찾는 기사가 없어요</h2>
      <ul>
        <li>낱말을 줄이거나, 뜻이 비슷한 다른 낱말로 찾아 보세요.</li>
        <li>철자가 맞는지 확인해 보세요.</li>
        <li>
          <Link href={`/sanjini?${new URLSearchParams({ question: search })}`} prefetch={false}>
            산지니에게 물어보기
          </Link>{' '}
          또는{' '}
          <Link href="/#newest" prefetch={false}>
            새 기사 보기
          </Link>
        </li>
      </ul>
    </div>
  );
}
