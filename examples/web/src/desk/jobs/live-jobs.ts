import { useSubscription } from '@apollo/client/react';
import { useState } from 'react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import { DeskJobFragmentDoc, DeskJobUpdatedDocument, type DeskJobFragment } from '@/desk/generated/graphql';

/** A page that stays open for days must not keep every job of these days. */
const MAX_KEPT = 500;

/**
 * Jobs as they are now: what waits, runs or has changed in the last ten minutes, then every change. The last changed
 * comes last. `onChange` is told of each.
 */
export function useLiveJobs(onChange?: (job: DeskJobFragment) => void): readonly DeskJobFragment[] {
  const [jobs, setJobs] = useState<readonly DeskJobFragment[]>([]);
  useSubscription(DeskJobUpdatedDocument, {
    onData({ data: { data } }) {
      if (!data) return;
      const job = getFragmentData(DeskJobFragmentDoc, data.generationJobUpdated);
      setJobs((kept) => [...kept.filter(({ id }) => id !== job.id), job].slice(-MAX_KEPT));
      onChange?.(job);
    },
  });
  return jobs;
}

export function hasEnded({ status }: Pick<DeskJobFragment, 'status'>): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING';
}
