import { useId, type ReactNode } from 'react';
import type { DeskFault } from '../desk-fault';
import styles from './field.module.css';

interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props {
  label: string;
  hint?: string;
  /** The name of the argument, and the fault that may be about it. */
  argument?: string;
  fault?: DeskFault | null;
  children: (props: ControlProps) => ReactNode;
}

/** A control with its name, a hint and what is wrong with it. */
export function Field({ label, hint, argument, fault, children }: Props) {
  const id = useId();
  const isWrong = fault != null && argument !== undefined && fault.argument === argument;
  const described = [hint && `${id}-hint`, isWrong && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': isWrong || undefined })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={`${id}-fault`} className="alert">
          {fault.message}
        </p>
      )}
    </div>
  );
}
