'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import {
  DeskArticleFragmentDoc,
  DeskArticlePageDocument,
  type DeskArticleFragment,
} from '@/desk/generated/graphql';
import { AuditEntries } from '../audit/audit-entries';
import { JobCard } from '../jobs/job-card';
import { useLiveJobs } from '../jobs/live-jobs';
import { Badge } from '../parts/badge';
import { ListState } from '../parts/list-state';
import { FidelityBadge } from '../review/fidelity-badge';
import { STATUS_NAMES } from '../words';
import { ArticleActions } from './article-actions';
import { ArticleForm } from './article-form';
import { ComparedTexts } from './compared-texts';
import { Revisions } from './revisions';

/** Everything about one article: its texts, what can be done with it, its jobs, revisions and audit. */
export function ArticleReview({ id }: { id: string }) {
  const query = useQuery(DeskArticlePageDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const article = getFragmentData(DeskArticleFragmentDoc, query.data?.article);
  const jobs = useLiveJobs((job) => {
    if (job.article?.id === id && job.status === 'SUCCEEDED') void query.refetch().catch(() => {});
  });
  return (
    <section className="stack">
      <ListState query={query} isEmpty={!article} empty={<NoArticle />}>
        {article && (
          <Loaded
            article={article}
            jobs={jobs.filter((job) => job.article?.id === id && job.kind === 'ARTICLE')}
            reread={async () => {
              const { data } = await query.refetch();
              return getFragmentData(DeskArticleFragmentDoc, data?.article)!;
            }}
          />
        )}
      </ListState>
    </section>
  );
}

interface LoadedProps {
  article: DeskArticleFragment;
  jobs: ReturnType<typeof useLiveJobs>;
  reread: () => Promise<DeskArticleFragment>;
}

function Loaded({ article, jobs, reread }: LoadedProps) {
  const [isEditing, setIsEditing] = useState(false);
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const { id, title, status, publisher, createdAt, releasedAt, sourceUrl } = article;
  const leave = (message: string) => {
    setIsEditing(false);
    setSaid(message);
    heading.current?.focus();
  };
  return (
    <>
      <header>
        <p className="row">
          <Badge>{STATUS_NAMES[status!]}</Badge>
          <FidelityBadge fidelity={article.fidelity} />
          <span className="muted">
            {publisher.name} · <SeoulTime at={releasedAt ?? createdAt} withTime />
          </span>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="row">
          {sourceUrl && (
            <a href={sourceUrl} target="_blank" rel="noreferrer">
              언론사에서 보기
            </a>
          )}
          {status === 'PUBLISHED' && (
            <Link href={`/articles/${id}`} prefetch={false}>
              독자 화면에서 보기
            </Link>
          )}
        </p>
      </header>
      <p role="status">{said}</p>
      {isEditing ? (
        <ArticleForm
          article={article}
          reread={reread}
          onSaved={() => leave('저장했어요.')}
          onCancel={() => leave('')}
        />
      ) : (
        <>
          <ArticleActions
            article={article}
            onEdit={() => {
              setSaid('');
              setIsEditing(true);
            }}
          />
          {jobs.length > 0 && (
            <section aria-labelledby="article-jobs">
              <h2 id="article-jobs">이 기사의 작업</h2>
              {jobs.map((job) => (
                <JobCard key={job.id} job={job} />
              ))}
            </section>
          )}
          {status !== 'TAKEN_DOWN' && <ComparedTexts article={article} />}
        </>
      )}
      <Revisions revisions={article.revisions ?? []} />
      <section aria-labelledby="audit">
        <h2 id="audit">감사 기록</h2>
        <AuditEntries targetType="Article" targetId={id} pageSize={20} />
      </section>
    </>
  );
}

function NoArticle() {
  return (
    <>
      이런 기사가 없어요. <Link href="/desk">기사 검토로 돌아가기</Link>
    </>
  );
}
