import { useMutation } from '@apollo/client/react';
import { useRef, useState, type FormEvent } from 'react';
import { faultIn } from '@/graphql/fault-in';
import { DeleteAccountDocument } from '@/graphql/generated/graphql';
import { leaveSession } from '@/session/leave';
import styles from './me.module.css';

const CONFIRMATION = '계정 삭제';

export function DeleteAccount() {
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const [isDeleting, setDeleting] = useState(false);
  const [deleteAccount] = useMutation(DeleteAccountDocument);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isDeleting) return;
    if (typed.replace(/\s+/g, ' ').trim().normalize() !== CONFIRMATION) {
      setFault(`‘${CONFIRMATION}’라고 똑같이 적어 주세요.`);
      box.current?.focus();
      return;
    }
    setDeleting(true);
    setFault(undefined);
    try {
      await deleteAccount();
      await leaveSession('/goodbye');
    } catch (error) {
      const { code, message } = faultIn(error);
      setFault(
        code === 'CONFLICT'
          ? '마지막 관리자는 계정을 지울 수 없어요. 먼저 다른 관리자를 정해 주세요.'
          : message,
      );
      setDeleting(false);
    }
  }
  return (
    <section aria-labelledby="delete">
      <h2 id="delete">계정 삭제</h2>
      <p>지우면 되돌릴 수 없어요. 바로 지워지는 것은 다음과 같아요.</p>
      <ul className={styles.deleted}>
        <li>이름과 사진, 메일 주소, 유형, 카카오 연결</li>
        <li>읽은 기사와 본 기사의 기록, 추천에 남긴 의견</li>
        <li>산지니에게 한 질문과 답</li>
        <li>이 계정과 메일 주소로 받는 뉴스레터 구독</li>
        <li>모든 기기의 로그인</li>
      </ul>
      <form className={styles.confirm} onSubmit={(event) => void submit(event)}>
        <label htmlFor="confirmation">확인을 위해 ‘{CONFIRMATION}’라고 적어 주세요</label>
        <input
          id="confirmation"
          ref={box}
          value={typed}
          autoComplete="off"
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? 'confirmation-fault' : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        {fault && (
          <p id="confirmation-fault" className="alert" role="alert">
            {fault}
          </p>
        )}
        <button className={`button ${styles.danger}`} disabled={isDeleting}>
          {isDeleting ? '지우는 중…' : '계정 삭제하기'}
        </button>
      </form>
    </section>
  );
}
