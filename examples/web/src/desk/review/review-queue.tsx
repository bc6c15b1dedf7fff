'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { CATEGORY_NAMES } from '@/components/categories';
import { SeoulTime } from '@/components/seoul-time';
import { DeskQueueDocument, type DeskQueueQuery } from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { SearchForm } from '../parts/search-form';
import { Tabs } from '../parts/tabs';
import { STATUS_NAMES } from '../words';
import { FidelityBadge } from './fidelity-badge';
import { QUEUE_STATUSES, type QueueStatus } from './queue-status';

type QueuedArticle = DeskQueueQuery['articles']['edges'][number]['node'];

const PAGE_SIZE = 20;

const EMPTY: Record<QueueStatus, string> = {
  IN_REVIEW: '검토를 기다리는 기사가 없어요. 작업 페이지에서 새 기사를 모으거나 주소로 부탁할 수 있어요.',
  PUBLISHED: '공개한 기사가 없어요.',
  HIDDEN: '숨긴 기사가 없어요.',
};

const COLUMNS: readonly Column<QueuedArticle>[] = [
  {
    name: '제목',
    render: ({ id, title }) => (
      <Link href={`/desk/articles/${id}`} prefetch={false}>
        {title}
      </Link>
    ),
  },
  { name: '언론사', render: ({ publisher }) => publisher.name },
  { name: '분야', render: ({ category }) => CATEGORY_NAMES[category] },
  {
    name: '시각',
    render: ({ releasedAt, createdAt }) => <SeoulTime at={releasedAt ?? createdAt} withTime />,
  },
  { name: '원문과 비교', render: ({ fidelity }) => <FidelityBadge fidelity={fidelity} /> },
];

/** Articles that wait for somebody, and those that are or were public. */
export function ReviewQueue({ status, search }: { status: QueueStatus; search: string }) {
  const filter = { status, search: search || null };
  const query = useQuery(DeskQueueDocument, {
    variables: { first: PAGE_SIZE, filter },
    fetchPolicy: 'cache-and-network',
  });
  const articles = query.data?.articles;
  const nodes = articles?.edges.map(({ node }) => node) ?? [];
  return (
    <section className="stack">
      <h1>기사 검토</h1>
      <Tabs
        label="기사 상태"
        tabs={QUEUE_STATUSES.map((each) => ({
          href: `/desk?${new URLSearchParams({ status: each, ...(search && { search }) })}`,
          name: STATUS_NAMES[each],
          isHere: each === status,
        }))}
      />
      <SearchForm path="/desk" label="제목과 내용에서 찾기" value={search} maxLength={200}>
        <input type="hidden" name="status" value={status} />
      </SearchForm>
      <ListState
        query={query}
        isEmpty={nodes.length === 0}
        empty={search ? `‘${search}’에 맞는 기사가 없어요.` : EMPTY[status]}
      >
        <p className="muted" role="status">
          {articles?.totalCount.toLocaleString('ko-KR')}건
        </p>
        <DataTable
          caption={`${STATUS_NAMES[status]} 기사`}
          columns={COLUMNS}
          rows={nodes}
          keyOf={({ id }) => id}
        />
        <LoadMore page={articles?.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
    </section>
  );
}
