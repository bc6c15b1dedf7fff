import { useRef, useState } from 'react';
import { deskFault, type DeskFault } from './desk-fault';

export interface Action {
  busy: boolean;
  /** Why the last run failed. */
  fault: DeskFault | null;
  /** What the last run did. */
  done: string;
  /** Runs `work` unless something runs already; whether it succeeded. */
  run(work: () => Promise<unknown>, done?: string): Promise<boolean>;
  clear(): void;
}

/** One thing at a time, however often its button is pressed. */
export function useAction(): Action {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const [done, setDone] = useState('');
  const clear = () => {
    setFault(null);
    setDone('');
  };

  async function run(work: () => Promise<unknown>, said = ''): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    clear();
    try {
      await work();
      setDone(said);
      return true;
    } catch (error) {
      setFault(deskFault(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }
  return { busy, fault, done, run, clear };
}
