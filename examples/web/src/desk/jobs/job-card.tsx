import { useMutation } from '@apollo/client/react';
import Link from 'next/link';
import { SeoulTime } from '@/components/seoul-time';
import { DeskCancelJobDocument, DeskRetryJobDocument, type DeskJobFragment } from '@/desk/generated/graphql';
import { Badge } from '../parts/badge';
import { Outcome } from '../parts/outcome';
import { Progress } from '../parts/progress';
import { useAction } from '../use-action';
import { dollars, JOB_STATUS_NAMES, KIND_NAMES, stepName } from '../words';
import { JobDetails } from './job-details';
import { hasEnded } from './live-jobs';
import styles from './job-card.module.css';

/** A job: what it is about, how far it is and what can be done with it. */
export function JobCard({ job }: { job: DeskJobFragment }) {
  const { id, kind, status, step, attempts, error, lastError, costUsd } = job;
  const action = useAction();
  const [cancel] = useMutation(DeskCancelJobDocument, { variables: { id } });
  const [retry] = useMutation(DeskRetryJobDocument, { variables: { id } });
  const canRetry =
    status === 'FAILED' ||
    status === 'CANCELED' ||
    (status === 'QUEUED' && lastError?.code === 'BUDGET_EXCEEDED');
  const name = `${KIND_NAMES[kind]} ${aboutWhat(job)}`.trim();
  return (
    <article className={styles.card} aria-label={name} data-job={id} data-status={status}>
      <div className={styles.head}>
        <h3>{KIND_NAMES[kind]}</h3>
        <Badge tone={status === 'FAILED' ? 'bad' : status === 'SUCCEEDED' ? 'good' : 'plain'}>
          {JOB_STATUS_NAMES[status]}
        </Badge>
        <span className="muted">
          <SeoulTime at={job.createdAt} withTime />
          {job.requestedBy && ` · ${job.requestedBy.name}`}
          {attempts > 1 && ` · ${attempts}번째 시도`}
          {costUsd > 0 && ` · ${dollars(costUsd)}`}
        </span>
      </div>
      <p className={styles.about}>
        <JobSubject job={job} />
      </p>
      {!hasEnded(job) && (
        <div>
          <Progress percent={job.progress} label={`${name} 진행`} />
          <p className="muted">{step ? stepName(step) : '차례를 기다려요'}</p>
        </div>
      )}
      {error && <p className="alert">{error.message}</p>}
      {lastError && <p className="alert">지난 시도: {lastError.message}</p>}
      <JobDetails job={job} />
      <div className="row">
        {!hasEnded(job) && (
          <button
            className="button small"
            disabled={action.busy}
            aria-label={`${name} 취소`}
            onClick={() => void action.run(() => cancel(), '취소했어요.')}
          >
            취소
          </button>
        )}
        {canRetry && (
          <button
            className="button small"
            disabled={action.busy}
            aria-label={`${name} 다시 시도`}
            onClick={() => void action.run(() => retry(), '다시 시작했어요.')}
          >
            다시 시도
          </button>
        )}
      </div>
      <Outcome action={action} />
    </article>
  );
}

function aboutWhat({ article, insight, sourceUrl }: DeskJobFragment): string {
  return article?.title ?? insight?.title ?? sourceUrl ?? '';
}

function JobSubject({ job }: { job: DeskJobFragment }) {
  const { article, insight, sourceUrl } = job;
  if (article && job.kind !== 'ANSWER')
    return (
      <Link href={`/desk/articles/${article.id}`} prefetch={false}>
        {article.title}
      </Link>
    );
  if (insight)
    return (
      <Link href="/desk/insights" prefetch={false}>
        {insight.title}
      </Link>
    );
  return <span className="muted">{article?.title ?? sourceUrl}</span>;
}
