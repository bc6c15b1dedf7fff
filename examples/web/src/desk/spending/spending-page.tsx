'use client';

import { useQuery } from '@apollo/client/react';
import { DeskSpendingDocument, type DeskSpendingQuery } from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { Tabs } from '../parts/tabs';
import { dollars, KIND_NAMES } from '../words';
import { SPENDING_DAYS } from './spending-days';

type Spending = DeskSpendingQuery['modelSpending'][number];

const COLUMNS: readonly Column<Spending>[] = [
  { name: '날', render: ({ day }) => day },
  { name: '모델', render: ({ model }) => model },
  { name: '하는 일', render: ({ purpose }) => KIND_NAMES[purpose] },
  { name: '부른 횟수', render: ({ calls }) => calls.toLocaleString('ko-KR'), isNumber: true },
  { name: '읽은 토큰', render: ({ inputTokens }) => inputTokens.toLocaleString('ko-KR'), isNumber: true },
  { name: '쓴 토큰', render: ({ outputTokens }) => outputTokens.toLocaleString('ko-KR'), isNumber: true },
  {
    name: '비용',
    render: ({ costUsd, priceAssumed }) => `${dollars(costUsd)}${priceAssumed ? ' (어림)' : ''}`,
    isNumber: true,
  },
];

/** What language models cost, by day, model and purpose. */
export function SpendingPage({ days }: { days: number }) {
  const query = useQuery(DeskSpendingDocument, { variables: { days }, fetchPolicy: 'cache-and-network' });
  const rows = query.data?.modelSpending ?? [];
  const total = rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const isAssumed = rows.some(({ priceAssumed }) => priceAssumed);
  return (
    <section className="stack">
      <h1>모델 비용</h1>
      <Tabs
        label="기간"
        tabs={SPENDING_DAYS.map((each) => ({
          href: `/desk/spending?days=${each}`,
          name: `${each}일`,
          isHere: each === days,
        }))}
      />
      <ListState query={query} isEmpty={rows.length === 0} empty="이 기간에 쓴 돈이 없어요.">
        <p>
          {days}일 동안 모두 <strong>{dollars(total)}</strong>
        </p>
        <DataTable
          caption="모델 비용"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ day, model, purpose }) => `${day} ${model} ${purpose}`}
        />
        {isAssumed && <p className="muted">(어림)은 값을 모르는 모델을 가장 비싼 값으로 셈한 것이에요.</p>}
      </ListState>
    </section>
  );
}
