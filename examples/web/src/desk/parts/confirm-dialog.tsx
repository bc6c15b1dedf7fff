'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Action } from '../use-action';
import { Outcome } from './outcome';
import styles from './confirm-dialog.module.css';

interface Props {
  title: string;
  /** What the button says that does it. */
  confirm: string;
  action: Action;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something is done; the browser keeps the focus inside and gives it back. */
export function ConfirmDialog({ title, confirm, action, onConfirm, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <Outcome action={action} />
        <div className={styles.buttons}>
          <button type="button" className="button" onClick={onClose}>
            그만두기
          </button>
          <button className="button primary" disabled={action.busy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
