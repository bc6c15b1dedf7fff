import { SeoulTime } from '@/components/seoul-time';
import type { DeskJobFragment } from '@/desk/generated/graphql';
import { stepName } from '../words';
import styles from './job-card.module.css';

/** What the present or last try did, and what a collection found in each feed. */
export function JobDetails({ job: { steps, model, ...job } }: { job: DeskJobFragment }) {
  const collection = job.collection ?? [];
  const notes = steps.filter(({ note }) => note).length + collection.filter(({ error }) => error).length;
  if (steps.length + collection.length === 0) return null;
  return (
    <details>
      <summary>
        한 일 {steps.length + collection.length}가지{notes > 0 && `, 살펴볼 것 ${notes}가지`}
      </summary>
      <ol className={styles.steps}>
        {steps.map(({ step, at, note }, index) => (
          <li key={index}>
            {stepName(step)}{' '}
            <span className="muted">
              <SeoulTime at={at} withTime />
            </span>
            {note && <p className="alert">{note.message}</p>}
          </li>
        ))}
      </ol>
      {collection.length > 0 && (
        <ul className={styles.steps}>
          {collection.map(({ publisher, found, new: fresh, known, failed, error }) => (
            <li key={publisher.id}>
              {publisher.name}: 찾음 {found}, 새 기사 {fresh}, 이미 있음 {known}, 실패 {failed}
              {error && <p className="alert">{error.message}</p>}
            </li>
          ))}
        </ul>
      )}
      {model && <p className="muted">쓴 모델: {model}</p>}
    </details>
  );
}
