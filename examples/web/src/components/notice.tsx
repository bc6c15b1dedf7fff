import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface Props {
  title: string;
  /** What it means and what the reader can do. */
  children: ReactNode;
}

/** A page, or a part of one, that has only something to say. */
export function Notice({ title, children }: Props) {
  return (
    <section className={styles.notice}>
      <h1>{title}</h1>
      {children}
    </section>
  );
}
