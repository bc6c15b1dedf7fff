'use client';

import { useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { faultIn } from '@/graphql/fault-in';
import { MyAnswersDocument } from '@/graphql/generated/graphql';
import { PAGE_SIZE } from './add-answer';
import { AnswerCard } from './answer-card';
import { AskForm } from './ask-form';
import styles from './sanjini.module.css';

interface Props {
  /** Of the page that the reader comes from. */
  articleId?: string;
  question?: string;
}

/** Questions and answers of a reader, the newest first, below the form that asks the next one. */
export function Sanjini({ articleId, question: begun = '' }: Props) {
  const [question, setQuestion] = useState(begun);
  const [told, tell] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);

  function propose(instead: string) {
    setQuestion(instead);
    box.current?.focus();
  }
  return (
    <div className={styles.page}>
      <h1>산지니</h1>
      <p className={styles.note}>
        경단의 기사와 용어 사전, 자주 묻는 질문에서 답을 찾아 출처와 함께 알려 드려요. 찾지 못하면 모른다고
        말해요.
      </p>
      <AskForm
        box={box}
        articleId={articleId}
        question={question}
        onChange={setQuestion}
        onAsked={() => tell('산지니가 답을 쓰고 있어요.')}
      />
      <p className="visually-hidden" role="status">
        {told}
      </p>
      <Answers onInstead={propose} onEnded={tell} />
    </div>
  );
}

interface AnswersProps {
  onInstead(question: string): void;
  onEnded(told: string): void;
}

function Answers({ onInstead, onEnded }: AnswersProps) {
  const { data, loading, error, refetch, fetchMore } = useQuery(MyAnswersDocument, {
    variables: { first: PAGE_SIZE },
    notifyOnNetworkStatusChange: true,
  });
  const [fault, setFault] = useState<string>();
  const answers = data?.me.answers;

  if (!answers && error)
    return (
      <div role="alert">
        <p className="alert">{faultIn(error).message}</p>
        <button className="button" onClick={() => void refetch().catch(() => {})}>
          다시 불러오기
        </button>
      </div>
    );
  if (!answers) return <p className={styles.note}>지난 질문을 불러오는 중…</p>;

  const { hasNextPage, endCursor } = answers.pageInfo;
  function showMore() {
    setFault(undefined);
    fetchMore({ variables: { after: endCursor } }).catch((caught: unknown) =>
      setFault(faultIn(caught).message),
    );
  }
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">내 질문</h2>
      {answers.edges.length === 0 && (
        <p className={styles.note}>아직 질문이 없어요. “기준금리가 뭐예요?”처럼 물어보세요.</p>
      )}
      <ul className={styles.answers}>
        {answers.edges.map(({ node }) => (
          <li key={node.id}>
            <AnswerCard answer={node} onInstead={onInstead} onEnded={onEnded} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button className="button" disabled={loading} onClick={showMore}>
          {loading ? '불러오는 중…' : '이전 질문 더 보기'}
        </button>
      )}
      {fault && (
        <p className="alert" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
