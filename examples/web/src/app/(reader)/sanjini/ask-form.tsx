'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useRef, useState, type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import { faultIn } from '@/graphql/fault-in';
import { AskedArticleDocument, AskQuestionDocument } from '@/graphql/generated/graphql';
import { addAnswer } from './add-answer';
import styles from './sanjini.module.css';

const MIN_LENGTH = 2;
const MAX_LENGTH = 500;

interface Props {
  box: RefObject<HTMLTextAreaElement | null>;
  articleId: string | undefined;
  question: string;
  onChange(question: string): void;
  onAsked(): void;
}

export function AskForm({ box, articleId, question, onChange, onAsked }: Props) {
  const [fault, setFault] = useState<string>();
  /** A question that is sent again because no answer came is one question. */
  const attempt = useRef({ question: '', idempotencyKey: '' });
  const [ask, { loading: isAsking }] = useMutation(AskQuestionDocument, { update: addAnswer });
  const { data, loading: isLooking } = useQuery(AskedArticleDocument, {
    variables: { id: articleId ?? '' },
    skip: articleId === undefined,
  });
  const article = data?.article;

  async function send() {
    if (isAsking || isLooking) return;
    const text = question.trim();
    if (text.length < MIN_LENGTH) {
      setFault(`질문을 ${MIN_LENGTH}자 이상 적어 주세요.`);
      box.current?.focus();
      return;
    }
    setFault(undefined);
    if (attempt.current.question !== text) attempt.current = { question: text, idempotencyKey: newKey() };
    const { idempotencyKey } = attempt.current;
    try {
      await ask({ variables: { question: text, articleId: article?.id, idempotencyKey } });
      attempt.current = { question: '', idempotencyKey: '' };
      onChange('');
      onAsked();
    } catch (error) {
      setFault(faultIn(error).message);
    }
    box.current?.focus();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    void send();
  }
  function sendByEnter(event: KeyboardEvent) {
    // While a syllable of Hangul is composed, Enter only ends it; 229 is Safari's word for that.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    void send();
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      {article && (
        <p className={styles.about}>
          기사 <Link href={`/articles/${article.id}`}>{article.title}</Link>에 대해 물어봐요.{' '}
          <Link href="/sanjini">기사 없이 묻기</Link>
        </p>
      )}
      {articleId !== undefined && !article && !isLooking && (
        <p className={styles.about}>이 기사는 지금 볼 수 없어요. 기사 없이 물어볼 수 있어요.</p>
      )}
      <label htmlFor="question">질문</label>
      <textarea
        ref={box}
        id="question"
        rows={3}
        maxLength={MAX_LENGTH}
        value={question}
        placeholder="예: 기준금리가 오르면 대출 이자는 어떻게 되나요?"
        enterKeyHint="send"
        aria-describedby={fault ? 'question-fault question-limits' : 'question-limits'}
        aria-invalid={fault ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={sendByEnter}
      />
      {fault && (
        <p id="question-fault" className="alert" role="alert">
          {fault}
        </p>
      )}
      <div className={styles.row}>
        <p id="question-limits" className={styles.note}>
          {MIN_LENGTH}자에서 {MAX_LENGTH}자까지, 하루에 물을 수 있는 수가 정해져 있고 한국 시각 자정에 새로
          시작해요. Enter로 보내고, Shift+Enter로 줄을 바꿔요.
        </p>
        <span className={styles.length} aria-hidden="true">
          {question.length}/{MAX_LENGTH}
        </span>
        <button className="button primary" disabled={isAsking || isLooking}>
          {isAsking ? '보내는 중…' : '물어보기'}
        </button>
      </div>
    </form>
  );
}

/** `randomUUID` is there over TLS and on one's own machine only. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((number) => number.toString(16)).join('-');
}
