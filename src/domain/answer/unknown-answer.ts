/** What is said when nothing supports an answer, with questions that can be asked instead. */
export function unknownAnswer(instead: readonly string[]): string {
  const unknown = '모르겠어요. 경단의 기사, 용어 사전, 자주 묻는 질문에서 답을 찾지 못했어요.';
  if (instead.length === 0) return `${unknown} 경제 용어의 뜻이나 읽은 기사에 대해 물어봐 주세요.`;
  return `${unknown} 대신 이런 질문에는 답할 수 있어요.\n${instead.map((question) => `- ${question}`).join('\n')}`;
}
