'use client';

import { useActionState, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Fault } from '@/graphql/fault';
import { AnswerReaderQuestionsDocument, type ReaderQuestionsQuery } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import { answerWithoutScripts } from './answer-without-scripts';
import { answersOf, nameOf, type Outcome } from './answers-of';
import { Questions } from './questions';
import { TestResultView } from './test-result';
import styles from './reader-type.module.css';

interface Props {
  questions: ReaderQuestionsQuery['readerQuestions'];
  /** What is said above the questions. */
  children: ReactNode;
}

/** The questionnaire and, once it is answered, its result. Without scripts the browser sends it itself. */
export function ReaderTypeTest({ questions, children }: Props) {
  const [sentByBrowser, action] = useActionState(answerWithoutScripts, {});
  const [{ result, fault, answers }, setOutcome] = useState<Outcome>(sentByBrowser);
  const [answered, setAnswered] = useState(0);
  const [missing, setMissing] = useState<number>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Also what the browser itself remembers of an earlier visit.
  useEffect(() => {
    if (!form.current) return;
    form.current.noValidate = true;
    count(form.current);
  }, [result]);

  function count(from: HTMLFormElement) {
    const chosen = new Set(new FormData(from).keys());
    setAnswered(questions.filter(({ index }) => chosen.has(nameOf(index))).length);
    setMissing((index) => (index !== undefined && chosen.has(nameOf(index)) ? undefined : index));
  }

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending) return;
    const chosen = answersOf(new FormData(event.currentTarget));
    if (chosen.length < questions.length) {
      setMissing(chosen.length);
      event.currentTarget.querySelector<HTMLInputElement>(`[name=${nameOf(chosen.length)}]`)?.focus();
      return;
    }
    setSending(true);
    setOutcome({});
    try {
      const data = await sendDocument(AnswerReaderQuestionsDocument, { answers: chosen });
      setOutcome({ result: data.answerReaderQuestions });
    } catch (error) {
      setOutcome({ fault: (error instanceof Fault ? error : new Fault('INTERNAL_SERVER_ERROR')).message });
    } finally {
      setSending(false);
    }
  }

  if (result) return <TestResultView result={result} onAgain={() => setOutcome({})} />;
  return (
    <form
      ref={form}
      className={styles.form}
      action={action}
      onSubmit={(event) => void send(event)}
      onChange={(event) => count(event.currentTarget)}
    >
      <div className={styles.intro}>{children}</div>
      <div className={styles.progress}>
        <progress max={questions.length} value={answered} aria-label="답한 질문" />
        <span aria-hidden="true">
          {answered}/{questions.length}
        </span>
      </div>
      <Questions questions={questions} missing={missing} answers={answers} />
      {fault && (
        <p className="alert" role="alert">
          {fault}
        </p>
      )}
      <button className="button primary" disabled={isSending}>
        {isSending ? '결과를 찾는 중…' : '결과 보기'}
      </button>
    </form>
  );
}
