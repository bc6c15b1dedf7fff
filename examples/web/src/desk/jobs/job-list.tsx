import { useQuery } from '@apollo/client/react';
import Form from 'next/form';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import { DeskJobFragmentDoc, DeskJobsDocument, type DeskJobFragment } from '@/desk/generated/graphql';
import { Choice } from '../parts/choice';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { JOB_STATUS_NAMES, KIND_NAMES } from '../words';
import { JobCard } from './job-card';
import type { JobFilter } from './job-filter';

const PAGE_SIZE = 20;

/** Jobs, newest first; those that began since the list was read come by `live`. */
export function JobList({ filter, live }: { filter: JobFilter; live: readonly DeskJobFragment[] }) {
  const query = useQuery(DeskJobsDocument, {
    variables: { first: PAGE_SIZE, ...filter },
    fetchPolicy: 'cache-and-network',
  });
  const edges = query.data?.generationJobs.edges ?? [];
  const read = edges.map(({ node }) => getFragmentData(DeskJobFragmentDoc, node));
  const jobs = newestFirst([...read, ...live]).filter(
    ({ kind, status }) => kind === (filter.kind ?? kind) && status === (filter.status ?? status),
  );
  return (
    <section aria-labelledby="jobs" className="stack">
      <h2 id="jobs">모든 작업</h2>
      <Form action="/desk/jobs" className="row" aria-label="작업 고르기">
        <Choice label="하는 일" name="kind" all="모두" names={KIND_NAMES} value={filter.kind ?? ''} />
        <Choice label="상태" name="status" all="모두" names={JOB_STATUS_NAMES} value={filter.status ?? ''} />
        <button className="button">고르기</button>
      </Form>
      <ListState query={query} isEmpty={jobs.length === 0} empty="이런 작업이 없어요.">
        <div>
          {jobs.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </div>
        <LoadMore page={query.data?.generationJobs.pageInfo} fetchMore={query.fetchMore} />
      </ListState>
    </section>
  );
}

/** Each once, as it was told last. */
function newestFirst(jobs: readonly DeskJobFragment[]): DeskJobFragment[] {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  return [...byId.values()].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}
