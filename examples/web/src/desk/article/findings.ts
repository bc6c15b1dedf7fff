import type { DeskArticleFragment } from '@/desk/generated/graphql';

/** Something of the rewrite that its original does not support, as it stands there. */
export interface Finding {
  text: string;
  kind: 'figure' | 'name';
}

/** Where a finding stands in a text. */
export interface Place {
  start: number;
  end: number;
  /** Of the finding in its list. */
  index: number;
  /** Whether it is the first place of all texts. */
  isFirst: boolean;
}

export const FINDING_WORDS: Record<Finding['kind'], string> = {
  figure: '원문에서 확인되지 않는 숫자',
  name: '원문에 없는 이름',
};

const WORD = /[\p{L}\p{N}]/u;
const DIGIT = /\p{N}/u;

export function findingsOf({ fidelity }: Pick<DeskArticleFragment, 'fidelity'>): Finding[] {
  return [
    ...(fidelity?.unsupportedFigures ?? []).map((text) => ({ text, kind: 'figure' }) as const),
    ...(fidelity?.unsupportedNames ?? []).map((text) => ({ text, kind: 'name' }) as const),
  ];
}

/** Every place of every finding, text by text; of two that overlap the longer one. */
export function placesOf(texts: readonly string[], findings: readonly Finding[]): Place[][] {
  const seen = new Set<number>();
  return texts.map((text) => {
    const places = placesIn(text, findings);
    return places.map((place) => {
      const isFirst = !seen.has(place.index);
      seen.add(place.index);
      return { ...place, isFirst };
    });
  });
}

function placesIn(text: string, findings: readonly Finding[]): Omit<Place, 'isFirst'>[] {
  const longestFirst = findings
    .map((finding, index) => ({ ...finding, index }))
    .filter((finding) => finding.text !== '')
    .sort((one, other) => other.text.length - one.text.length);
  const places: Omit<Place, 'isFirst'>[] = [];
  for (const { text: wanted, kind, index } of longestFirst)
    for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
      const end = start + wanted.length;
      const isTaken = places.some((place) => start < place.end && place.start < end);
      if (!isTaken && isWhole(text, start, end, kind)) places.push({ start, end, index });
    }
  return places.sort((one, other) => one.start - other.start);
}

/** Whether it is not a piece of another figure or word, such as 3% in 13%. Particles may follow. */
function isWhole(text: string, start: number, end: number, kind: Finding['kind']): boolean {
  const before = text[start - 1] ?? '';
  if (kind === 'name') return !WORD.test(before);
  const isPart = /[.,]/.test(before) && DIGIT.test(text[start - 2] ?? '');
  const goesOn = DIGIT.test(text[end - 1]!) && /^[.,]?\p{N}/u.test(text.slice(end, end + 2));
  return !DIGIT.test(before) && !isPart && !goesOn;
}
