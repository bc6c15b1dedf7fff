import { FINDING_WORDS, type Finding, type Place } from './findings';
import type { Range } from './word-diff';
import styles from './marked-text.module.css';

interface Props {
  text: string;
  findings?: readonly Finding[];
  places?: readonly Place[];
  /** Words that the other text does not have. */
  changed?: readonly Range[];
  as?: 'ins' | 'del';
}

/** A text with its findings as marks, which lead back to the list, and with the words that are only here. */
export function MarkedText({ text, findings = [], places = [], changed = [], as = 'ins' }: Props) {
  const pieces = [];
  let at = 0;
  for (const { start, end, index, isFirst } of places) {
    const { kind } = findings[index]!;
    pieces.push(
      <Changed key={at} text={text} start={at} end={start} changed={changed} as={as} />,
      <mark
        key={`mark ${start}`}
        id={isFirst ? `place-${index + 1}` : undefined}
        className={styles[kind]}
        tabIndex={-1}
      >
        {text.slice(start, end)}
        <a href={`#finding-${index + 1}`} aria-label={`확인할 점 ${index + 1}: ${FINDING_WORDS[kind]}`}>
          {index + 1}
        </a>
      </mark>,
    );
    at = end;
  }
  pieces.push(<Changed key={at} text={text} start={at} end={text.length} changed={changed} as={as} />);
  return <span className={styles.text}>{pieces}</span>;
}

interface ChangedProps extends Range {
  text: string;
  changed: readonly Range[];
  as: 'ins' | 'del';
}

function Changed({ text, start, end, changed, as: Tag }: ChangedProps) {
  const pieces = [];
  let at = start;
  for (const range of changed) {
    const [from, to] = [Math.max(range.start, start), Math.min(range.end, end)];
    if (from >= to) continue;
    pieces.push(text.slice(at, from), <Tag key={from}>{text.slice(from, to)}</Tag>);
    at = to;
  }
  return [...pieces, text.slice(at, end)];
}
