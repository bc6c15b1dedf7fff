'use client';

import { useState, type ReactNode } from 'react';
import { Fault } from '@/graphql/fault';
import { Outcome } from './outcome';
import styles from './newsletter.module.css';

interface Props {
  label: string;
  /** Does it, and returns what is then to be said. */
  run(): Promise<{ title: string; children: ReactNode }>;
}

/** The button behind a link of a mail: scanners of mail open links, and press nothing. */
export function TokenButton({ label, run }: Props) {
  const [isRunning, setRunning] = useState(false);
  const [fault, setFault] = useState<string>();
  const [done, setDone] = useState<Awaited<ReturnType<Props['run']>>>();

  async function press() {
    setRunning(true);
    setFault(undefined);
    try {
      setDone(await run());
    } catch (error) {
      setFault((error instanceof Fault ? error : new Fault('INTERNAL_SERVER_ERROR')).message);
    } finally {
      setRunning(false);
    }
  }

  if (done) return <Outcome {...done} />;
  return (
    <div className={styles.action}>
      <button className="button primary" disabled={isRunning} onClick={() => void press()}>
        {isRunning ? '보내는 중…' : label}
      </button>
      {fault && (
        <p className="alert" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
