'use client';

import { useLiveJobs } from './live-jobs';
import { JobList } from './job-list';
import { JobRequests } from './job-requests';
import type { JobFilter } from './job-filter';
import { Queues } from './queues';

/** The work in the background: asking for it, watching it, holding it. */
export function JobsPage({ filter }: { filter: JobFilter }) {
  const live = useLiveJobs();
  return (
    <section className="stack">
      <h1>작업</h1>
      <JobRequests live={live} />
      <JobList filter={filter} live={live} />
      <Queues />
    </section>
  );
}
