import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CATEGORY_NAMES } from '@/components/categories';
import { SeoulTime } from '@/components/seoul-time';
import { DeskIssuesDocument, type DeskIssuesQuery } from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import styles from './issues.module.css';

type Issue = DeskIssuesQuery['newsletterIssues']['edges'][number]['node'];

const PAGE_SIZE = 10;

/** Letters that were written, each to be looked at as readers get it. */
export function Issues() {
  const query = useQuery(DeskIssuesDocument, {
    variables: { first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
  });
  const [shownId, setShownId] = useState<string | null>(null);
  const issues = (query.data?.newsletterIssues.edges ?? []).map(({ node }) => node);
  const shown = issues.find(({ id }) => id === shownId);
  const columns: Column<Issue>[] = [
    {
      name: '제목',
      render: ({ subject }) => subject || <span className="muted">기사가 내려져 비었어요</span>,
    },
    { name: '분야', render: ({ category }) => CATEGORY_NAMES[category] },
    { name: '보낸 때', render: ({ sentAt }) => (sentAt ? <SeoulTime at={sentAt} withTime /> : '보내는 중') },
    { name: '받은 사람', render: ({ recipients }) => recipients.toLocaleString('ko-KR'), isNumber: true },
    {
      name: '보기',
      render: ({ id, subject, html }) =>
        html && (
          <button
            className="button small"
            aria-expanded={id === shownId}
            aria-label={`${subject} ${id === shownId ? '닫기' : '보기'}`}
            onClick={() => setShownId(id === shownId ? null : id)}
          >
            {id === shownId ? '닫기' : '보기'}
          </button>
        ),
    },
  ];
  return (
    <section aria-labelledby="issues">
      <h2 id="issues">보낸 뉴스레터</h2>
      <ListState query={query} isEmpty={issues.length === 0} empty="아직 보낸 뉴스레터가 없어요.">
        <DataTable caption="보낸 뉴스레터" columns={columns} rows={issues} keyOf={({ id }) => id} />
        {shown && <iframe className={styles.letter} title={shown.subject} sandbox="" srcDoc={shown.html} />}
        <LoadMore page={query.data?.newsletterIssues.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
    </section>
  );
}
