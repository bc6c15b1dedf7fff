'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import styles from './newsletter.module.css';

/** What takes the place of a form once it has done its work; a keyboard and a screen reader go on there. */
export function Outcome({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current!.focus(), []);
  return (
    <div className={styles.outcome}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
