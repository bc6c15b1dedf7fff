'use client';

import { useSubscription } from '@apollo/client/react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import { faultIn } from '@/graphql/fault-in';
import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import {
  AnswerCardFragmentDoc,
  AnswerUpdatedDocument,
  type AnswerCardFragment,
} from '@/graphql/generated/graphql';
import { AnswerSources } from './answer-sources';
import { AnswerText } from './answer-text';
import styles from './sanjini.module.css';

interface Props {
  answer: FragmentType<typeof AnswerCardFragmentDoc>;
  /** Proposes a question to ask. */
  onInstead(question: string): void;
  /** Tells that an answer has been written while the reader was here. */
  onEnded(told: string): void;
}

/** A question and its answer, which grows while it is written. */
export function AnswerCard({ answer: masked, onInstead, onEnded }: Props) {
  const answer = getFragmentData(AnswerCardFragmentDoc, masked);
  const { id, question, text, status, createdAt, article } = answer;
  const isWritten = status === 'QUEUED' || status === 'RUNNING';
  // What it brings lands in the cache, and so in `answer`.
  const { error, restart } = useSubscription(AnswerUpdatedDocument, { variables: { id }, skip: !isWritten });
  const wasWritten = useRef(isWritten);
  useEffect(() => {
    if (wasWritten.current && !isWritten) onEnded(endingOf(answer));
    wasWritten.current = isWritten;
  }, [answer, isWritten, onEnded]);

  return (
    <article className={styles.answer} aria-busy={isWritten} data-status={status}>
      <h3>{question}</h3>
      <p className={styles.note}>
        <SeoulTime at={createdAt} withTime />
        {article && (
          <>
            {' '}
            · 기사 <Link href={`/articles/${article.id}`}>{article.title}</Link>
          </>
        )}
      </p>
      {text && <AnswerText answer={answer} onInstead={onInstead} />}
      {isWritten && !error && (
        <p className={styles.writing}>{text ? '쓰는 중…' : '산지니가 자료를 찾고 있어요…'}</p>
      )}
      {isWritten && error && (
        <p className="alert" role="alert">
          {faultIn(error).message}{' '}
          <button className="button" onClick={restart}>
            다시 연결하기
          </button>
        </p>
      )}
      {(status === 'FAILED' || status === 'CANCELED') && (
        <p className="alert">
          답을 쓰지 못했어요.{' '}
          <button className="button" onClick={() => onInstead(question)}>
            다시 물어보기
          </button>
        </p>
      )}
      <AnswerSources answer={answer} />
    </article>
  );
}

function endingOf({ status, text }: AnswerCardFragment): string {
  return status === 'SUCCEEDED' ? `산지니의 답: ${text}` : '답을 쓰지 못했어요.';
}
