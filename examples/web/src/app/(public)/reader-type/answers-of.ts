import type { AnswerReaderQuestionsMutation } from '@/graphql/generated/graphql';

export type TestResult = AnswerReaderQuestionsMutation['answerReaderQuestions'];

/** What came of sending the questionnaire. */
export interface Outcome {
  result?: TestResult;
  fault?: string;
  /** What was chosen, for a form that is shown again. */
  answers?: number[];
}

export const nameOf = (index: number) => `question-${index}`;

/** The chosen options, up to the first question without one. */
export function answersOf(form: FormData): number[] {
  const answers: number[] = [];
  while (form.has(nameOf(answers.length))) answers.push(Number(form.get(nameOf(answers.length))));
  return answers;
}
