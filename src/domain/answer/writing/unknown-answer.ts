import type { WritingOptions, WrittenAnswer } from '../answerer';

/** What is said when nothing supports an answer, with questions that can be asked instead. */
export function unknownAnswer(instead: readonly string[]): string {
  const unknown = '모르겠어요. 경단의 기사, 용어 사전, 자주 묻는 질문에서 답을 찾지 못했어요.';
  if (instead.length === 0) return `${unknown} 경제 용어의 뜻이나 읽은 기사에 대해 물어봐 주세요.`;
  return `${unknown} 대신 이런 질문에는 답할 수 있어요.\n${instead.map((question) => `- ${question}`).join('\n')}`;
}

const IN_DISTRESS =
  /자살\s?(?:하고|할|하려|하는\s?(?:법|방법)|생각)|죽고\s?싶|살기\s?싫|자해\s?(?:하고|할|하는)|극단적\s?선택을?\s?(?:하고|할)|목숨을?\s?끊/;

/** What is said to a reader who may be in danger: people who help come before any source. Null for everybody else. */
export function helpFor(question: string): string | null {
  if (!IN_DISTRESS.test(question)) return null;
  return '많이 힘드신 것 같아요. 혼자 견디지 마세요. 자살예방 상담전화 109에서 하루 24시간 이야기를 들어 줘요. 지금 위험하다면 119나 112에 바로 전화해 주세요.';
}

/** Tells a text that rests on nothing, and gives it as the answer. */
export async function tellWithoutSources(
  text: string,
  onText: WritingOptions['onText'],
  written: Pick<WrittenAnswer, 'model' | 'promptVersion'>,
): Promise<WrittenAnswer> {
  await onText(text);
  return { text, sources: [], isUnknown: true, ...written };
}
