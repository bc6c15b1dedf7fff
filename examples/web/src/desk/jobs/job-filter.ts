import type { DeskJobsQueryVariables } from '@/desk/generated/graphql';
import { JOB_STATUS_NAMES, KIND_NAMES } from '../words';

export type JobFilter = Pick<DeskJobsQueryVariables, 'kind' | 'status'>;

/** Of a query string; what is no such value is no filter. */
export function jobFilterOf({ kind, status }: { kind?: unknown; status?: unknown }): JobFilter {
  const isKind = typeof kind === 'string' && Object.hasOwn(KIND_NAMES, kind);
  const isStatus = typeof status === 'string' && Object.hasOwn(JOB_STATUS_NAMES, status);
  return {
    kind: isKind ? (kind as keyof typeof KIND_NAMES) : null,
    status: isStatus ? (status as keyof typeof JOB_STATUS_NAMES) : null,
  };
}
