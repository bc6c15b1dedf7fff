/** Asks at most once in so many milliseconds; whoever asks meanwhile shares the answer, or waits for it with the others. */
export function keptFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at >= ms) kept = { at: now, answer: ask() };
    return kept.answer;
  };
}
