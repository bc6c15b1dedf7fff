'use client';

import { useApolloClient } from '@apollo/client/react';
import { DeskIssuesDocument, type ArticleCategory } from '@/desk/generated/graphql';
import { JobCard } from '../jobs/job-card';
import { useLiveJobs } from '../jobs/live-jobs';
import { Issues } from './issues';
import { SendNewsletter } from './send-newsletter';
import { Subscriptions } from './subscriptions';

/** The weekly letters: sending one now, those that were sent, and who gets them. */
export function NewsletterPage({ category }: { category: ArticleCategory | null }) {
  const client = useApolloClient();
  const jobs = useLiveJobs((job) => {
    if (job.kind === 'NEWSLETTER' && job.status === 'SUCCEEDED')
      void client.refetchQueries({ include: [DeskIssuesDocument] }).catch(() => {});
  });
  return (
    <section className="stack">
      <h1>뉴스레터</h1>
      <SendNewsletter />
      {jobs
        .filter(({ kind }) => kind === 'NEWSLETTER')
        .map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
      <Issues />
      <Subscriptions category={category} />
    </section>
  );
}
