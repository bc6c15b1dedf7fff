import { FidelityCheck } from '../../article/fidelity/check-fidelity';
import { splitSentences } from '../../korean/sentences';
import type { Passage } from '../answerer';
import { ReadText } from '../finding/covered-words';
import { questionWordsOf, type QuestionWord } from '../finding/question-words';

const UP =
  /오[르른를]|올(?:랐|라|려|리|린)|인상|상승|늘[었어고리린]|증가|비싸|커졌|커지|높[아여]|뛰었|뛰면|뛰어올|뛴|급등|치솟/;
const DOWN =
  /내(?:렸|려|리[지는기며면]|린|릴)|떨어|하락|인하|줄[었어고이인여]|감소|(?<!비)싸[졌지진]|낮[아추췄춘]|가벼워|급락|꺾[였이]|사라[져졌지]/;
const SAME = /그대로|동결|유지[했하]|변함\s?없|제자리|달라지지\s?않/;
const DIRECTIONS = { up: UP, down: DOWN, same: SAME } as const;
type Direction = keyof typeof DIRECTIONS;

/** It did not: 내리지 않은. */
const DENIED = /^\S*지(?:는|도|를)?\s?(?:않|못|말)/;
const DENIED_BEFORE = /(?:^|\s)(?:안|못)\s?$/;
/** What is not claimed, but supposed, foreseen, or told of who asks. */
const SUPPOSED =
  /(?:면|려고|전망|예상|예측)(?:\s|$|[?.!,])|[가-힣]까(?:요|\s|[?.!]|$)|(?:^|\s)(?:저|제|제가|저는|나|내가|나는|내|난|전|저희|우리)\s/;
const CLAUSE_END = /(?<=[고며])\s*,?\s+|(?<=지만|는데|은데|던데|면서|해서)\s*,?\s+|(?<=[.?!])\s+/;

/** What the passage tells otherwise than the question takes for granted. */
export interface Correction {
  /** To be said before what the passage tells. */
  lead: string;
  /** The sentence that tells otherwise, where one does. */
  sentence: string | null;
  /** Of a figure of the question that the passage does not have: 원, %. */
  unit: string | null;
}

/** Null when a question takes nothing for granted that the passage tells otherwise. */
export function correctionOf(question: string, passage: Passage): Correction | null {
  if (passage.kind !== 'article' || SUPPOSED.test(question)) return null;
  const opposed = opposedTo(question, passage);
  if (opposed) return { lead: '질문과 다르게, 기사에는 이렇게 나와요.', ...opposed, unit: null };
  const [figure] = figuresNotIn(question, passage);
  if (figure === undefined) return null;
  return {
    lead: `질문에 있는 ‘${figure}’은(는) 기사에서 찾지 못했어요. 기사에는 이렇게 나와요.`,
    sentence: null,
    unit: /[^\d.,\s]+$/.exec(figure)?.[0] ?? null,
  };
}

/** What says of the same thing that it went another way; null when something says so, too. */
function opposedTo(question: string, { title, text }: Passage): Pick<Correction, 'sentence'> | null {
  const [asked, ...others] = directionsIn(question);
  if (!asked || others.length > 0 || asked.direction === 'same') return null;
  const nouns = questionWordsOf(question).filter(({ isPredicate }) => !isPredicate);
  const clauses = [title, ...splitSentences(text)].flatMap((sentence) =>
    sentence.split(CLAUSE_END).map((clause) => ({ sentence, clause, read: new ReadText(clause) })),
  );
  const told = clauses
    .map(({ sentence, clause, read }) => ({
      sentence,
      direction: directionBehind(
        clause,
        nouns.filter((noun) => read.has(noun, []) > 0),
      ),
      weight: nouns.reduce((sum, noun) => sum + (read.has(noun, []) > 0 ? weightOf(noun) : 0), 0),
    }))
    .filter(({ direction, weight }) => direction !== null && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  const nearest = told.filter(({ weight }) => weight === told[0]!.weight);
  if (nearest.length === 0 || nearest.some(({ direction }) => direction === asked.direction)) return null;
  const opposed = told.find((one) => one.sentence !== title && one.direction !== asked.direction);
  return { sentence: opposed?.sentence ?? null };

  /** What few clauses have tells which one is about the same. */
  function weightOf(noun: QuestionWord): number {
    return 1 / clauses.filter(({ read }) => read.has(noun, []) > 0).length;
  }
}

/** Where a text says that something goes. */
function directionsIn(text: string): { direction: Direction; at: number }[] {
  return (Object.keys(DIRECTIONS) as Direction[])
    .flatMap((direction) => {
      const at = text.search(DIRECTIONS[direction]);
      if (at < 0) return [];
      const isDenied = DENIED.test(text.slice(at)) || DENIED_BEFORE.test(text.slice(0, at));
      return { direction: isDenied ? ('same' as const) : direction, at };
    })
    .sort((one, other) => one.at - other.at);
}

/** What is told of the last of the words: 값이 오르면서 소비가 줄었다 tells that of 값 and this of 소비. */
function directionBehind(clause: string, said: readonly QuestionWord[]): Direction | null {
  const start = Math.max(0, ...said.map(({ stem }) => clause.indexOf(stem) + 1));
  return directionsIn(clause.slice(start))[0]?.direction ?? null;
}

function figuresNotIn(question: string, { title, text, publishedAt }: Passage): string[] {
  const check = new FidelityCheck({ title, content: text, publishedAt });
  return check.of({ title: '', content: question, comment: null, phrases: [] }).unsupportedFigures;
}
