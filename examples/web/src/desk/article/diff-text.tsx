import { useWordDiff } from './word-diff';
import styles from './marked-text.module.css';

/** Two texts as one: what is gone, what is new. */
export function DiffText({ before, after }: { before: string; after: string }) {
  const pieces = useWordDiff(before, after);
  if (pieces === null) return <p role="status">비교하는 중이에요…</p>;
  if (pieces === 'tooDifferent') return <span className={styles.text}>{after}</span>;
  return (
    <span className={`${styles.text} ${styles.both}`}>
      {pieces.map(({ before: old, after: present, isChanged }, index) => {
        if (!isChanged) return present;
        return old ? <del key={index}>{old}</del> : <ins key={index}>{present}</ins>;
      })}
    </span>
  );
}
