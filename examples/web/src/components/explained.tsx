'use client';

import { useId, useState } from 'react';
import styles from './explained.module.css';

interface Props {
  expression: string;
  easy: string;
}

/** An expression that says what it means when it is pointed at, focused or tapped; by CSS alone, so also without scripts. */
export function Explained({ expression, easy }: Props) {
  const id = useId();
  const [dismissed, setDismissed] = useState(false);
  return (
    <span
      className={styles.explained}
      data-dismissed={dismissed || undefined}
      onPointerEnter={() => setDismissed(false)}
      onFocus={() => setDismissed(false)}
      onKeyDown={(event) => event.key === 'Escape' && setDismissed(true)}
    >
      <button type="button" className={styles.expression} aria-describedby={id}>
        {expression}
      </button>
      <span role="tooltip" id={id} className={styles.tooltip}>
        <span>
          <b>{expression}</b> {easy}
        </span>
      </span>
    </span>
  );
}
