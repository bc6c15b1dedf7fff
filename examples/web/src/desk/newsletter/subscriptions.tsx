import { useQuery } from '@apollo/client/react';
import Form from 'next/form';
import { CATEGORY_NAMES } from '@/components/categories';
import { SeoulTime } from '@/components/seoul-time';
import {
  DeskSubscriptionsDocument,
  type ArticleCategory,
  type DeskSubscriptionsQuery,
} from '@/desk/generated/graphql';
import { Badge } from '../parts/badge';
import { Choice } from '../parts/choice';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';

type Subscription = DeskSubscriptionsQuery['newsletterSubscriptions']['edges'][number]['node'];

const PAGE_SIZE = 20;

const COLUMNS: readonly Column<Subscription>[] = [
  { name: '이메일', render: ({ email }) => email },
  { name: '이름', render: ({ name }) => name },
  { name: '분야', render: ({ categories }) => categories.map((each) => CATEGORY_NAMES[each]).join(', ') },
  { name: '신청', render: ({ createdAt }) => <SeoulTime at={createdAt} /> },
  {
    name: '상태',
    render: ({ confirmed }) => (
      <Badge tone={confirmed ? 'good' : 'plain'}>{confirmed ? '확인함' : '확인 기다림'}</Badge>
    ),
  },
];

/** Who gets the letters, or has asked for them. */
export function Subscriptions({ category }: { category: ArticleCategory | null }) {
  const query = useQuery(DeskSubscriptionsDocument, {
    variables: { first: PAGE_SIZE, category },
    fetchPolicy: 'cache-and-network',
  });
  const page = query.data?.newsletterSubscriptions;
  const subscriptions = (page?.edges ?? []).map(({ node }) => node);
  return (
    <section aria-labelledby="subscriptions" className="stack">
      <h2 id="subscriptions">구독자{page && ` ${page.totalCount.toLocaleString('ko-KR')}명`}</h2>
      <Form action="/desk/newsletter" className="row" aria-label="구독자 고르기">
        <Choice label="분야" name="category" all="모두" names={CATEGORY_NAMES} value={category ?? ''} />
        <button className="button">고르기</button>
      </Form>
      <ListState query={query} isEmpty={subscriptions.length === 0} empty="아직 구독한 사람이 없어요.">
        <DataTable caption="구독자" columns={COLUMNS} rows={subscriptions} keyOf={({ id }) => id} />
        <LoadMore page={page?.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
    </section>
  );
}
