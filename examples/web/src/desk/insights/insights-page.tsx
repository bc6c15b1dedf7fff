'use client';

import { useApolloClient, useQuery } from '@apollo/client/react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import {
  DeskInsightFragmentDoc,
  DeskPublishedInsightsDocument,
  DeskWrittenInsightsDocument,
  type DeskInsightFragment,
} from '@/desk/generated/graphql';
import { JobCard } from '../jobs/job-card';
import { useLiveJobs } from '../jobs/live-jobs';
import { ListState } from '../parts/list-state';
import { LoadMore } from '../parts/load-more';
import { Tabs } from '../parts/tabs';
import { InsightCard } from './insight-card';
import { InsightRequest } from './insight-request';

const PAGE_SIZE = 10;

export type InsightView = 'written' | 'published';

/** Asking for charts, and what became of them. */
export function InsightsPage({ view }: { view: InsightView }) {
  const client = useApolloClient();
  const jobs = useLiveJobs((job) => {
    if (job.kind === 'INSIGHT' && job.status === 'SUCCEEDED')
      void client.refetchQueries({ include: 'active' }).catch(() => {});
  });
  const unfinished = jobs.filter(({ kind, status }) => kind === 'INSIGHT' && status !== 'SUCCEEDED');
  return (
    <section className="stack">
      <h1>인사이트</h1>
      <InsightRequest />
      {unfinished.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
      <Tabs
        label="인사이트 고르기"
        tabs={[
          { href: '/desk/insights', name: '새로 쓴 것', isHere: view === 'written' },
          { href: '/desk/insights?view=published', name: '공개한 것', isHere: view === 'published' },
        ]}
      />
      {view === 'written' ? <Written /> : <Published />}
    </section>
  );
}

/** Of the jobs that are kept: the gateway lists insights by their jobs, or once they are public. */
function Written() {
  const query = useQuery(DeskWrittenInsightsDocument, {
    variables: { first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
  });
  const jobs = query.data?.generationJobs;
  const insights = (jobs?.edges ?? []).flatMap(({ node: { insight } }) => insight ?? []);
  return (
    <ListState query={query} isEmpty={insights.length === 0} empty="새로 쓴 인사이트가 없어요.">
      <Cards insights={insights.map((insight) => getFragmentData(DeskInsightFragmentDoc, insight))} />
      <LoadMore page={jobs?.pageInfo} fetchMore={query.fetchMore} />
    </ListState>
  );
}

function Published() {
  const query = useQuery(DeskPublishedInsightsDocument, {
    variables: { first: PAGE_SIZE },
    fetchPolicy: 'cache-and-network',
  });
  const edges = query.data?.insights.edges ?? [];
  return (
    <ListState query={query} isEmpty={edges.length === 0} empty="공개한 인사이트가 없어요.">
      <Cards insights={edges.map(({ node }) => getFragmentData(DeskInsightFragmentDoc, node))} />
      <LoadMore page={query.data?.insights.pageInfo} fetchMore={query.fetchMore} />
    </ListState>
  );
}

function Cards({ insights }: { insights: readonly DeskInsightFragment[] }) {
  return (
    <div className="stack">
      {insights.map((insight) => (
        <InsightCard key={insight.id} insight={insight} />
      ))}
    </div>
  );
}
