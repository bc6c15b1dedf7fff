import type { AnswerCardFragment } from '@/graphql/generated/graphql';
import { sourceAnchor } from './answer-sources';
import styles from './sanjini.module.css';

/** How the gateway begins an answer that nothing supports; behind it come lines with questions to ask instead. */
const UNKNOWN = '모르겠어요.';
const INSTEAD = /^- (.+)$/;
const MARK = /\[(\d{1,2})\]/;

interface Props {
  answer: AnswerCardFragment;
  onInstead(question: string): void;
}

export function AnswerText({ answer, onInstead }: Props) {
  const { text, status, sources } = answer;
  const isUnknown = status === 'SUCCEEDED' && sources.length === 0 && text.startsWith(UNKNOWN);
  if (!isUnknown) return <p className={styles.text}>{linked(answer)}</p>;
  const lines = text.split('\n');
  const instead = lines.flatMap((line) => INSTEAD.exec(line)?.[1] ?? []);
  return (
    <div className={styles.unknown}>
      <p className={styles.text}>{lines.filter((line) => !INSTEAD.test(line)).join('\n')}</p>
      {instead.length > 0 && (
        <ul>
          {instead.map((question) => (
            <li key={question}>
              <button className={styles.instead} onClick={() => onInstead(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The text with its [1] as links to the sources, as soon as those are there. */
function linked({ id, text, sources }: AnswerCardFragment) {
  return text.split(MARK).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const source = sources[Number(piece) - 1];
    if (!source) return `[${piece}]`;
    return (
      <a
        key={index}
        href={`#${sourceAnchor(id, Number(piece))}`}
        aria-label={`출처 ${piece}: ${source.title}`}
      >
        [{piece}]
      </a>
    );
  });
}
