interface Phrase {
  expression: string;
  easy: string;
}

export interface Piece {
  text: string;
  /** What it means; absent for what needs no explanation. */
  easy?: string;
}

/** A text as paragraphs of pieces. Of two expressions that begin at the same place the longer one is explained. */
export function markPhrases(content: string, phrases: readonly Phrase[]): Piece[][] {
  const open = new Map(phrases.map(({ expression, easy }) => [expression, easy]));
  const longestFirst = [...open.keys()].filter(Boolean).sort((one, other) => other.length - one.length);
  const paragraphs = content.split(/\n\s*\n/);
  if (longestFirst.length === 0) return paragraphs.map((text) => [{ text }]);
  const any = new RegExp(`(${longestFirst.map(literal).join('|')})`);
  return paragraphs.map((paragraph) =>
    paragraph.split(any).map((text) => {
      const easy = open.get(text);
      open.delete(text);
      return easy === undefined ? { text } : { text, easy };
    }),
  );
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
