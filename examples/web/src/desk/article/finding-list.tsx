import { FINDING_WORDS, type Finding, type Place } from './findings';

interface Props {
  findings: readonly Finding[];
  /** Of the marks, text by text. */
  places: readonly Place[][];
  /** Whether there was an original to compare with. */
  isCompared: boolean;
}

/** What the check against the original found; each entry leads to its first place. */
export function FindingList({ findings, places, isCompared }: Props) {
  if (!isCompared) return <p>원문이 없어서 숫자와 이름을 비교하지 못했어요.</p>;
  if (findings.length === 0) return <p>글에 나오는 숫자와 이름을 모두 원문에서 확인했어요.</p>;
  const countOf = (wanted: number) => places.flat().filter(({ index }) => index === wanted).length;
  return (
    <div className="panel">
      <p>원문에서 확인되지 않는 것이 {findings.length}가지 있어요. 눌러서 글의 그 자리로 갈 수 있어요.</p>
      <ol>
        {findings.map(({ text, kind }, index) => (
          <li key={index} id={`finding-${index + 1}`} tabIndex={-1}>
            {countOf(index) > 0 ? <a href={`#place-${index + 1}`}>{text}</a> : <strong>{text}</strong>}{' '}
            <span className="muted">
              {FINDING_WORDS[kind]}
              {countOf(index) > 1 && `, ${countOf(index)}곳`}
              {countOf(index) === 0 && ', 글에서 자리를 찾지 못했어요'}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
