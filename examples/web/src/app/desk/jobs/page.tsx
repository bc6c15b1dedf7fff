import type { Metadata } from 'next';
import { jobFilterOf } from '@/desk/jobs/job-filter';
import { JobsPage } from '@/desk/jobs/jobs-page';

export const metadata: Metadata = { title: '작업' };

export default async function DeskJobsPage({ searchParams }: PageProps<'/desk/jobs'>) {
  return <JobsPage filter={jobFilterOf(await searchParams)} />;
}
