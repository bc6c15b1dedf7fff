import { useEffect, useRef } from 'react';
import { CATEGORY_NAMES } from '@/components/categories';
import { changedFields, FIELD_NAMES, type ArticleText } from './article-text';
import { DiffText } from './diff-text';
import styles from './article-form.module.css';

interface Props {
  /** What somebody else has saved. */
  saved: ArticleText;
  typed: ArticleText;
  onDiscard: () => void;
}

/** Somebody else has saved first: where both differ, and that nothing is lost. */
export function EditConflict({ saved, typed, onDiscard }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const fields = changedFields(typed, saved);
  return (
    <div ref={box} className="panel" role="alert" tabIndex={-1}>
      <h2>그 사이에 다른 사람이 이 기사를 고쳤어요</h2>
      <p>
        쓰던 글은 그대로 있어요. 아래에서 저장된 글과 다른 곳을 보고 고친 뒤, 다시 저장하면 내가 고친 칸만
        바뀌어요.
      </p>
      {fields.length === 0 && <p>쓰던 글과 저장된 글이 같아요.</p>}
      {fields.map((field) => (
        <div key={field} className={styles.difference}>
          <strong>{FIELD_NAMES[field]}</strong>
          {'\n'}
          <DiffText before={shown(saved, field)} after={shown(typed, field)} />
        </div>
      ))}
      <p>
        <button type="button" className="button small" onClick={onDiscard}>
          내 글 버리고 저장된 글 보기
        </button>
      </p>
    </div>
  );
}

function shown(text: ArticleText, field: keyof ArticleText): string {
  if (field === 'category') return CATEGORY_NAMES[text.category];
  if (field !== 'phrases') return text[field];
  return text.phrases.map(({ expression, easy }) => `${expression}: ${easy}`).join('\n');
}
