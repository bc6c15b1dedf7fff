/** Markup that is safe to send. Only `html` makes it. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | Html | readonly Html[] | null | false;

/** Template tag that escapes every string it is given; markup of `html` itself goes in as it is. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(String.raw({ raw: parts }, ...pieces.map(textOf)));
}

function textOf(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece !== 'string') return piece.map(({ text }) => text).join('\n');
  return piece.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
