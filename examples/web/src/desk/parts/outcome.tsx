import type { Action } from '../use-action';

/** Says how the last run of an action ended. */
export function Outcome({ action: { fault, done } }: { action: Action }) {
  return (
    <>
      <p role="status">{done}</p>
      {fault && (
        <p className="alert" role="alert">
          {fault.message}
        </p>
      )}
    </>
  );
}
