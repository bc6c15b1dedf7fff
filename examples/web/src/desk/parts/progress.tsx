import styles from './progress.module.css';

/** How far something is, in percent. */
export function Progress({ percent, label }: { percent: number; label: string }) {
  return (
    <div className={styles.progress}>
      <progress max={100} value={percent} aria-label={label} />
      <span>{Math.round(percent)}%</span>
    </div>
  );
}
