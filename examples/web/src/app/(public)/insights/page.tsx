import type { Metadata } from 'next';
import Link from 'next/link';
import { publicPage } from '@/components/public-page';
import { InsightsDocument } from '@/graphql/generated/graphql';
import { readPublic } from '@/server/public-data';
import { InsightCard } from './insight-card';
import styles from './insights.module.css';

const PAGE_SIZE = 12;

export const metadata: Metadata = {
  title: '인사이트',
  description: '공공데이터를 그래프로 그리고 쉬운 말로 설명합니다.',
};

export default publicPage(async ({ searchParams }: PageProps<'/insights'>) => {
  const { after } = await searchParams;
  const variables = { first: PAGE_SIZE, after: typeof after === 'string' ? after : null };
  const { edges, pageInfo } = (await readPublic(InsightsDocument, variables)).insights;
  return (
    <>
      <h1>인사이트</h1>
      <p className={styles.lead}>공공데이터를 그래프로 그리고 쉬운 말로 설명해 드려요.</p>
      {edges.length > 0 ? (
        <ul className={styles.list}>
          {edges.map(({ node }) => (
            <li key={node.id}>
              <InsightCard insight={node} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.lead}>
          아직 인사이트가 없어요. 그동안 <Link href="/">새 기사</Link>를 읽어 보세요.
        </p>
      )}
      {pageInfo.hasNextPage && (
        <Link
          className="button"
          href={`/insights?${new URLSearchParams({ after: pageInfo.endCursor ?? '' })}`}
          prefetch={false}
        >
          이전 인사이트 보기
        </Link>
      )}
    </>
  );
});
