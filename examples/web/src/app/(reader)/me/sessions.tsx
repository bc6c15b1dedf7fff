import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import { faultIn } from '@/graphql/fault-in';
import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import {
  LogoutEverywhereDocument,
  RevokeSessionDocument,
  SessionItemFragmentDoc,
} from '@/graphql/generated/graphql';
import { leaveSession } from '@/session/leave';
import { deviceOf } from './device-of';
import styles from './me.module.css';

/** Where the reader is signed in: this browser and others, which can be ended from here. */
export function Sessions({ sessions }: { sessions: readonly FragmentType<typeof SessionItemFragmentDoc>[] }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [told, tell] = useState('');
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [revoke, { client }] = useMutation(RevokeSessionDocument);
  const [logout] = useMutation(LogoutEverywhereDocument);

  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    setFault(undefined);
    tell('');
    try {
      await work();
    } catch (error) {
      setFault(faultIn(error).message);
    } finally {
      setBusy(false);
    }
  }
  async function end(id: string, device: string) {
    await revoke({ variables: { id } }).catch((error: unknown) => {
      // Ended already, perhaps on another page.
      if (faultIn(error).code !== 'NOT_FOUND') throw error;
    });
    client.cache.evict({ id: client.cache.identify({ __typename: 'Session', id }) });
    tell(`${device}에서 로그아웃했어요.`);
    // Its button has gone.
    heading.current?.focus();
  }
  async function endAll() {
    await logout();
    await leaveSession('/');
  }

  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" ref={heading} tabIndex={-1}>
        로그인한 기기
      </h2>
      <ul className={styles.sessions}>
        {getFragmentData(SessionItemFragmentDoc, sessions).map(
          ({ id, userAgent, current, createdAt, lastUsedAt }) => (
            <li key={id}>
              <div>
                <p>
                  <span title={userAgent ?? undefined}>{deviceOf(userAgent)}</span>{' '}
                  {current && <strong className={styles.current}>지금 쓰는 기기</strong>}
                </p>
                <p className={styles.note}>
                  <SeoulTime at={createdAt} withTime /> 로그인 · <SeoulTime at={lastUsedAt} withTime />에
                  마지막으로 사용
                </p>
              </div>
              {!current && (
                <button
                  className="button"
                  disabled={isBusy}
                  aria-label={`${deviceOf(userAgent)} 로그아웃`}
                  onClick={() => void run(() => end(id, deviceOf(userAgent)))}
                >
                  로그아웃
                </button>
              )}
            </li>
          ),
        )}
      </ul>
      <p role="status">{told}</p>
      {fault && (
        <p className="alert" role="alert">
          {fault}
        </p>
      )}
      <button className="button" disabled={isBusy} onClick={() => void run(endAll)}>
        모든 기기에서 로그아웃
      </button>
    </section>
  );
}
