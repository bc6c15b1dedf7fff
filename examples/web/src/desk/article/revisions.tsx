import { useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import type { DeskArticleFragment } from '@/desk/generated/graphql';
import { Field } from '../parts/field';
import { momentInSeoul } from '../words';
import { DiffText } from './diff-text';
import styles from './revisions.module.css';

type Revision = NonNullable<DeskArticleFragment['revisions']>[number];

/** Earlier texts of an article, and what changed between two of them. */
export function Revisions({ revisions }: { revisions: readonly Revision[] }) {
  const [newest, second] = revisions;
  const [chosen, setChosen] = useState<{ before?: string; after?: string }>({});
  const byId = (id: string | undefined) => revisions.find((revision) => revision.id === id);
  const after = byId(chosen.after) ?? newest;
  const before = byId(chosen.before) ?? second ?? newest;
  return (
    <section aria-labelledby="revisions">
      <h2 id="revisions">고친 이력</h2>
      {!before || !after ? (
        <p>남아 있는 이력이 없어요.</p>
      ) : revisions.length === 1 ? (
        <p>
          처음 쓴 글 하나뿐이에요: {after.author?.name ?? '자동으로 씀'},{' '}
          <SeoulTime at={after.createdAt} withTime />
        </p>
      ) : (
        <>
          <div className={styles.choice}>
            <Choice
              label="앞의 글"
              revisions={revisions}
              value={before.id}
              onChange={(id) => setChosen({ ...chosen, before: id })}
            />
            <Choice
              label="뒤의 글"
              revisions={revisions}
              value={after.id}
              onChange={(id) => setChosen({ ...chosen, after: id })}
            />
          </div>
          <div className={styles.difference}>
            <p>
              <strong>
                <DiffText before={before.title} after={after.title} />
              </strong>
            </p>
            <DiffText before={before.content} after={after.content} />
          </div>
        </>
      )}
    </section>
  );
}

interface ChoiceProps {
  label: string;
  revisions: readonly Revision[];
  value: string;
  onChange: (id: string) => void;
}

function Choice({ label, revisions, value, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(props) => (
        <select {...props} value={value} onChange={({ target }) => onChange(target.value)}>
          {revisions.map(({ id, createdAt, author, proposed }) => (
            <option key={id} value={id}>
              {momentInSeoul(createdAt)} · {author?.name ?? '자동으로 씀'}
              {proposed ? ' · 제안' : ''}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
