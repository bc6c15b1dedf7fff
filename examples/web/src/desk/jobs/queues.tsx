import { useMutation, useQuery } from '@apollo/client/react';
import {
  DeskPauseQueueDocument,
  DeskQueueFragmentDoc,
  DeskQueuesDocument,
  type DeskQueueFragment,
} from '@/desk/generated/graphql';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import { Badge } from '../parts/badge';
import { DataTable, type Column } from '../parts/data-table';
import { ListState } from '../parts/list-state';
import { Outcome } from '../parts/outcome';
import { useAction, type Action } from '../use-action';
import { queueName } from '../words';

/** Nothing tells of a queue: it is counted anew, while somebody looks. */
const RECOUNT_MS = 5_000;

const COLUMNS: readonly Column<DeskQueueFragment>[] = [
  { name: '대기열', render: ({ name }) => queueName(name) },
  { name: '기다림', render: ({ waiting }) => waiting, isNumber: true },
  { name: '하는 중', render: ({ active }) => active, isNumber: true },
  { name: '미뤄 둠', render: ({ delayed }) => delayed, isNumber: true },
  { name: '실패', render: ({ failed }) => failed, isNumber: true },
  { name: '끝남', render: ({ completed }) => completed, isNumber: true },
  { name: '가장 오래', render: ({ oldestWaitingSeconds }) => waited(oldestWaitingSeconds), isNumber: true },
  {
    name: '상태',
    render: ({ paused }) => <Badge tone={paused ? 'bad' : 'good'}>{paused ? '멈춤' : '열림'}</Badge>,
  },
];

/** The queues with their counts; each can be paused and resumed. */
export function Queues() {
  const query = useQuery(DeskQueuesDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: RECOUNT_MS,
    skipPollAttempt: () => document.hidden,
  });
  const action = useAction();
  const columns = [
    ...COLUMNS,
    { name: '바꾸기', render: (queue: DeskQueueFragment) => <Pause queue={queue} action={action} /> },
  ];
  return (
    <section aria-labelledby="queues">
      <h2 id="queues">대기열</h2>
      <ListState query={query}>
        <DataTable
          caption="대기열"
          columns={columns}
          rows={getFragmentData(DeskQueueFragmentDoc, query.data?.queues) ?? []}
          keyOf={({ id }) => id}
        />
      </ListState>
      <Outcome action={action} />
    </section>
  );
}

function Pause({ queue: { name, paused }, action }: { queue: DeskQueueFragment; action: Action }) {
  const [pause] = useMutation(DeskPauseQueueDocument, { variables: { name, paused: !paused } });
  const verb = paused ? '다시 열기' : '멈추기';
  return (
    <button
      className="button small"
      disabled={action.busy}
      aria-label={`${queueName(name)} 대기열 ${verb}`}
      onClick={() =>
        void action.run(
          () => pause(),
          paused ? '대기열을 다시 열었어요.' : '대기열을 멈췄어요. 하던 작업은 마저 해요.',
        )
      }
    >
      {verb}
    </button>
  );
}

function waited(seconds: number | null): string {
  if (seconds === null) return '없음';
  return seconds < 60 ? `${Math.round(seconds)}초` : `${Math.round(seconds / 60)}분`;
}
