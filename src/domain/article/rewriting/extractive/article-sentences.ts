import { endsInConsonant } from '../../../korean/hangul';
import { splitSentences } from '../../../korean/sentences';
import { isBoilerplate, isCaption, isCompleteSentence, stripLinePrefix } from './boilerplate';
import { withCopula } from './polite-ending';

/** A sentence of an article and where it stands. */
export interface Sentence {
  text: string;
  paragraph: number;
  /** What it is in an interview, in questions and answers, or in a list. */
  role?: 'question' | 'answer' | 'item' | 'step';
}

type Line = Pick<Sentence, 'role'> & { text: string };

const PAIRS = [['"', '"'], ['“', '”'], ['‘', '’'], ['(', ')'], ['[', ']'], ['「', '」'], ['『', '』'], ['《', '》']] as const; // prettier-ignore
const MIN_CHARACTERS = 40;
const MAX_SENTENCES = 150;
const USUALLY_ENDED = 0.7;
const FULL_STOP = /[.!?…。]["”’')\]]*$/;

const QUESTION_MARK = /^(?:[Qq문]\s?\d{0,2}\s?[.:)]|질문\s?\d{0,2}\s?[.:)]|[―—–─]+|-|[▶▷◆◇■□●○▲△])\s*/;
const ANSWER_MARK = /^(?:[Aa답]\s?\d{0,2}\s?[.:)]|답변\s?\d{0,2}\s?[.:)]|[▲△](?!\d))\s*/;
const ANSWERS = /^(?:["“]|[▲△](?!\d)|[Aa답])/;
const ASKS =
  /(?:까|나|[은는]|[은인는한던큰]가|[은는을인일할될]지|[까나가세데은는지]요|[는은인한났었았됐했]데|무엇|왜|얼마|누구|어디|언제)[.?]?$/;
const ITEM_MARK =
  /^(?:[①-⑳❶-❿ⓐ-ⓩ㉠-㉻]|[▲△▶▷◆◇○●■□·ㆍ•‧∙]|-(?!\d)|\(?\d{1,2}\)|\d{1,2}\.\s(?=[가-힣A-Z"“‘'])|[가나다라마바사]\.|(?:첫|둘|셋|넷|다섯)째,)\s*/;
/** Not before a figure, where it is a sign: ▲3.2% */
const INNER_MARK = /\s*[▲▷▶◆■●①-⑳]\s*(?=[^\d\s])/;
/** What comes after what: a step means little without the one before. */
const NUMBERED = /^\(?\d/;
/** Promises a list: of one that cannot be told, nothing is promised. */
const PROMISE = /^(.*[은는])\s(?:다음과|아래와)\s같(?:다|습니다)[.:]?$/;
const MAX_QUESTION_CHARACTERS = 100;
const MAX_LISTED_CHARACTERS = 200;
/** 계약금액(원) : 120,400,000,000 */
const LABELLED = /^(?:\d{1,2}\.\s*|[-·ㆍ▶■○]\s*)?([가-힣][^:：|]{1,24}?)\s*[:：]\s*(\S.{0,80}?)[.\s]*$/;

/** The article's own sentences, bounded in number; subheadings and tables only when there is nothing else. */
export function readSentences(body: string, title: string): Sentence[] {
  const lines = readLines(body);
  const sentences = lines
    .flatMap(({ text, role }, paragraph) =>
      splitSentences(text).map((sentence): Sentence => ({
        text: sentence,
        paragraph,
        ...(role && { role }),
      })),
    )
    .slice(0, 2 * MAX_SENTENCES);
  const own = sentences.filter(({ text }) => !isBoilerplate(text, title));
  const complete = own.filter(({ text }) => isCompleteSentence(text));
  const ended = complete.filter(({ text }) => FULL_STOP.test(text));
  // Where sentences end in full stops, a line without one is a heading: 집값 다시 올랐다
  const whole = lengthOf(ended) >= lengthOf(complete) * USUALLY_ENDED ? ended : complete;
  if (lengthOf(whole) >= MIN_CHARACTERS) return withPairedMarks(whole).slice(0, MAX_SENTENCES);
  const told = sentences.map((sentence) => ({
    ...sentence,
    text: tellLabelled(sentence.text) ?? sentence.text,
  }));
  return told
    .filter(({ text }, index) => text !== sentences[index]!.text || !isBoilerplate(text, title))
    .slice(0, MAX_SENTENCES);
}

/** Without sentences that only open or only close a quotation or a bracket; the lead without such marks. */
function withPairedMarks(sentences: Sentence[]): Sentence[] {
  return sentences.flatMap((sentence, index) => {
    const lone = PAIRS.filter(([open, close]) => {
      const [opened, closed] = [open, close].map((mark) => sentence.text.split(mark).length - 1);
      return open === close ? opened! % 2 === 1 : opened !== closed;
    });
    if (lone.length === 0) return [sentence];
    if (index > 0) return [];
    const marks: string[] = lone.flat();
    return [
      {
        ...sentence,
        text: Array.from(sentence.text)
          .filter((one) => !marks.includes(one))
          .join(''),
      },
    ];
  });
}

/** Characters, with one between sentences. */
export function lengthOf(sentences: Sentence[]): number {
  return sentences.map(({ text }) => text).join(' ').length;
}

/** Lines without their marks, each with its part in an interview or a list. */
function readLines(body: string): Line[] {
  const lines: Line[] = [];
  let asked = false;
  const written = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !isCaption(line));
  for (const [index, line] of written.entries()) {
    const question = questionOf(line, written[index + 1] ?? '');
    if (question !== undefined) {
      lines.push({ text: question, role: 'question' });
      asked = true;
      continue;
    }
    const isAnswer: boolean =
      /^[Aa답]/.test(ANSWER_MARK.exec(line)?.[0] ?? '') ||
      (asked && (lines.at(-1)?.role === 'question' || ANSWERS.test(line)));
    asked &&= isAnswer;
    const isItem = !isAnswer && ITEM_MARK.test(line);
    const text = withoutInnerMarks(
      stripLinePrefix(line).replace(isAnswer ? ANSWER_MARK : isItem ? ITEM_MARK : '', ''),
    );
    const role = isAnswer ? 'answer' : isItem ? (NUMBERED.test(line) ? 'step' : 'item') : undefined;
    lines.push({ text, ...(role && { role }) });
  }
  return withListsTold(lines);
}

/** 법안은 ▲ 공사 설립 ▲ 기금 조성을 …: the first mark is a blank, the others commas. */
function withoutInnerMarks(text: string): string {
  return text.replace(INNER_MARK, ' ').replace(new RegExp(INNER_MARK, 'g'), ', ');
}

/** "Q. 고시원도 되나." or, before what somebody answers, "-계기는 무엇인가." */
function questionOf(line: string, next: string): string | undefined {
  const mark = QUESTION_MARK.exec(line)?.[0];
  if (mark === undefined) return undefined;
  const text = line.slice(mark.length);
  const isMarked = /[Qq문]/.test(mark);
  // A mark that answers have, too, is a question's only before a quotation.
  const isAnswered = ANSWERS.test(next) && (!ANSWER_MARK.test(line) || /^["“]/.test(next));
  const asks = isMarked || (ASKS.test(text) && isAnswered);
  return asks && text.length <= MAX_QUESTION_CHARACTERS ? text.replace(/[.?]?$/, '?') : undefined;
}

/** "대상은 다음과 같다." with items that are no sentences, told in one: "대상은 가, 나다." */
function withListsTold(lines: Line[]): Line[] {
  return lines.flatMap((line, index) => {
    const { text } = line;
    const topic = PROMISE.exec(text)?.[1];
    if (topic === undefined) return [line];
    const behind = lines.slice(index + 1);
    const end = behind.findIndex(({ role }) => role !== 'item' && role !== 'step');
    const items = behind.slice(0, end < 0 ? behind.length : end).map((item) => item.text);
    if (items.length === 0 || items.some(isCompleteSentence)) return [];
    const told = `${topic} ${items.join(', ')}`;
    return told.length > MAX_LISTED_CHARACTERS ? [] : [{ text: `${told}.` }];
  });
}

/** "계약금액(원) : 1,200" as "계약금액은 1,200원이에요."; undefined when a line is no such row. */
function tellLabelled(line: string): string | undefined {
  const [, label, value = ''] = LABELLED.exec(line) ?? [];
  if (label === undefined) return undefined;
  const [, noun = label, unit = ''] = /^(.+?)\s?\((원|주|%|달러|명)\)$/.exec(label) ?? [];
  const told = /\d$/.test(value) ? value + unit : value;
  return `${noun}${endsInConsonant(noun) ? '은' : '는'} ${withCopula(told)}.`;
}
