import type { ReactNode } from 'react';
import { deskFault } from '../desk-fault';

interface Props {
  /** Of a query of Apollo Client. */
  query: { loading: boolean; error?: unknown; data?: unknown; refetch: () => Promise<unknown> };
  isEmpty?: boolean;
  /** What is said when there is nothing. */
  empty?: ReactNode;
  children: ReactNode;
}

/** What a query has to show: that it loads, why it failed, that there is nothing, or its children. */
export function ListState({ query: { loading, error, data, refetch }, isEmpty, empty, children }: Props) {
  if (error && !data)
    return (
      <div role="alert">
        <p className="alert">{deskFault(error).message}</p>
        <button className="button" onClick={() => void refetch().catch(() => {})}>
          다시 시도
        </button>
      </div>
    );
  if (loading && !data) return <p role="status">불러오는 중이에요…</p>;
  return isEmpty ? <p>{empty}</p> : children;
}
