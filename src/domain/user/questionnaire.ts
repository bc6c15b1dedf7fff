import { badUserInput } from '../../errors';

/** The five kinds of readers, in the order of the public enum. */
export const ReaderType = {
  ISSUE_FINDER: 'ISSUE_FINDER',
  LIFESTYLE_CONSUMER: 'LIFESTYLE_CONSUMER',
  ENTERTAINER: 'ENTERTAINER',
  TECH_SPECIALIST: 'TECH_SPECIALIST',
  PROFESSIONAL: 'PROFESSIONAL',
} as const;
export type ReaderType = keyof typeof ReaderType;
export const READER_TYPES = Object.values(ReaderType);

interface Option {
  text: string;
  points: number;
  /** Whom the points go to; null when there are none. */
  type: ReaderType | null;
}

export interface ReaderQuestion {
  index: number;
  title: string;
  /** What can be answered; an answer is the place in this list. */
  options: string[];
}

const TYPE_OF = {
  I: 'ISSUE_FINDER',
  L: 'LIFESTYLE_CONSUMER',
  E: 'ENTERTAINER',
  T: 'TECH_SPECIALIST',
  P: 'PROFESSIONAL',
  '-': null,
} as const;

const ask = (title: string, ...options: [text: string, points: number, type: keyof typeof TYPE_OF][]) => ({
  title,
  options: options.map(([text, points, type]): Option => ({ text, points, type: TYPE_OF[type] })),
});

const QUESTIONS = [
  ask('최신 경제 이슈에 대해 얼마나 잘 알고 있습니까?', ['매우 잘 알고 있다.', 10, 'I'], ['다소 알고 있다.', 5, 'I'], ['잘 모른다.', 0, '-']),
  ask('경제 뉴스를 얼마나 자주 찾아보십니까?', ['매일 확인한다.', 10, 'I'], ['주간 단위로 확인한다.', 5, 'I'], ['가끔 확인한다.', 0, '-']),
  ask('경제 관련 논란이나 논쟁에 얼마나 관심이 있습니까?', ['매우 관심이 있다.', 10, 'I'], ['다소 관심이 있다.', 5, 'I'], ['잘 모른다.', 0, '-']),
  ask('경제 정보를 어떻게 활용하시나요?', ['일상 생활에 적용해본다.', 10, 'L'], ['흥미로운 정보는 기억한다.', 10, 'E'], ['크게 활용하지 않는다.', 0, '-']),
  ask('절약이나 소비자 팁에 관심이 있으신가요?', ['매우 관심이 있다.', 10, 'L'], ['다소 관심이 있다.', 5, 'L'], ['별로 관심이 없다.', 0, '-']),
  ask('경제 관련 이야기를 어떻게 즐기시나요?', ['심도 깊게 분석한다.', 10, 'P'], ['가벼운 마음으로 즐긴다.', 5, 'E'], ['별로 관심이 없다.', 0, '-']),
  ask('기술과 경제의 결합에 대해 얼마나 잘 이해하고 있습니까?', ['매우 잘 이해한다.', 10, 'T'], ['다소 이해한다.', 5, 'T'], ['잘 모른다.', 0, '-']),
  ask('기술 발전이 경제에 미치는 영향에 대해 얼마나 알고 있습니까?', ['깊이 있는 지식이 있다.', 10, 'T'], ['일반적인 이해만 한다.', 5, 'T'], ['잘 모른다.', 0, '-']),
  ask('전문가 의견이나 통계 데이터에 관심이 있으신가요?', ['매우 관심이 있다.', 10, 'P'], ['다소 관심이 있다.', 5, 'P'], ['별로 관심이 없다.', 5, 'E']),
  ask('경제 분석을 얼마나 자주 읽거나 들으시나요?', ['자주 읽거나 듣는다.', 10, 'P'], ['가끔 읽거나 듣는다.', 5, 'P'], ['별로 읽거나 듣지 않는다.', 5, 'E']),
]; // prettier-ignore

/** What readers are asked, in order. */
export function readerQuestions(): ReaderQuestion[] {
  return QUESTIONS.map(({ title, options }, index) => ({
    index,
    title,
    options: options.map(({ text }) => text),
  }));
}

/**
 * The points of each reader type, in the order of READER_TYPES. Throws BAD_USER_INPUT naming the question that has no
 * answer or not one of its own.
 */
export function pointsOf(answers: readonly number[]): number[] {
  const points = READER_TYPES.map(() => 0);
  for (const [index, { title, options }] of QUESTIONS.entries()) {
    const answer = answers[index];
    const option = answer === undefined ? undefined : options[answer];
    if (!option)
      throw badUserInput(`answers.${index}`, {
        ko: `${index + 1}번 질문 “${title}”의 답은 0부터 ${options.length - 1}까지의 정수여야 합니다.`,
        en: `The answer to question ${index + 1} must be an integer from 0 to ${options.length - 1}.`,
      });
    if (option.type) points[READER_TYPES.indexOf(option.type)]! += option.points;
  }
  if (answers.length > QUESTIONS.length)
    throw badUserInput(`answers.${QUESTIONS.length}`, {
      ko: `질문은 ${QUESTIONS.length}개입니다.`,
      en: `There are only ${QUESTIONS.length} questions.`,
    });
  return points;
}
