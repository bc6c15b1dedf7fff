import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { SeoulTime } from '@/components/seoul-time';
import { DeskAuditDocument, type DeskAuditQuery } from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { actionName, isTargetType, TARGET_NAMES, type TargetType } from '../words';

type Entry = DeskAuditQuery['auditLog']['edges'][number]['node'];

interface Props {
  targetType: TargetType | null;
  targetId: string | null;
  pageSize: number;
}

const WHEN: Column<Entry> = {
  name: '시각',
  render: ({ createdAt }) => <SeoulTime at={createdAt} withTime />,
};
const WHO: Column<Entry> = { name: '누가', render: ({ actor }) => actor?.name ?? '자동' };
const ACTION: Column<Entry> = { name: '한 일', render: ({ action }) => actionName(action) };
const TARGET: Column<Entry> = { name: '대상', render: (entry) => <Target entry={entry} /> };
const DETAILS: Column<Entry> = { name: '자세히', render: ({ details }) => <Details of={details} /> };

/** Who did what, newest first: to anything, to one kind, or to one thing. */
export function AuditEntries({ targetType, targetId, pageSize }: Props) {
  const query = useQuery(DeskAuditDocument, {
    variables: { first: pageSize, targetType, targetId },
    fetchPolicy: 'cache-and-network',
  });
  const entries = query.data?.auditLog.edges.map(({ node }) => node) ?? [];
  const columns = targetId ? [WHEN, WHO, ACTION, DETAILS] : [WHEN, WHO, ACTION, TARGET, DETAILS];
  return (
    <ListState query={query} isEmpty={entries.length === 0} empty="기록이 없어요.">
      <DataTable caption="감사 기록" columns={columns} rows={entries} keyOf={({ id }) => id} />
      <LoadMore page={query.data?.auditLog.pageInfo} fetchMore={query.fetchMore} />
    </ListState>
  );
}

function Target({ entry: { targetType, targetId } }: { entry: Entry }) {
  const name = isTargetType(targetType) ? TARGET_NAMES[targetType] : targetType;
  if (targetType === 'Article')
    return (
      <Link href={`/desk/articles/${targetId}`} prefetch={false}>
        {name}
      </Link>
    );
  return (
    <Link href={`/desk/audit?${new URLSearchParams({ type: targetType, id: targetId })}`} prefetch={false}>
      {name}
    </Link>
  );
}

function Details({ of: details }: { of: unknown }) {
  if (details === null || details === undefined) return null;
  return <pre>{Object.entries(details).map(([name, value]) => `${name}: ${shown(value)}\n`)}</pre>;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
