import { useAction } from '../use-action';
import { Outcome } from './outcome';

interface Props {
  page: { hasNextPage: boolean; endCursor?: string | null } | undefined;
  /** `fetchMore` of the query. */
  fetchMore: (options: { variables: { after: string | null | undefined } }) => Promise<unknown>;
}

/** The next page of a list, behind what is shown. */
export function LoadMore({ page, fetchMore }: Props) {
  const action = useAction();
  if (!page?.hasNextPage) return null;
  return (
    <div>
      <button
        className="button"
        disabled={action.busy}
        onClick={() => void action.run(() => fetchMore({ variables: { after: page.endCursor } }))}
      >
        {action.busy ? '불러오는 중이에요…' : '더 보기'}
      </button>
      <Outcome action={action} />
    </div>
  );
}
