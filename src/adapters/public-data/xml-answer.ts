import { Parser } from 'htmlparser2';
import { MAX_ANSWER_ROWS, MAX_CELL, MAX_CELLS, type Answer } from './answer';
import type { PublicDataRow } from './public-data';

/** The parser takes quadratic time for deep ones. */
const MAX_DEPTH = 50;

/**
 * Reads an answer in XML: rows are the children of `items`, or called `item` or `row`. Entities of a DOCTYPE stay unknown. Throws
 * when it is too deep to be one, or cut off.
 */
export function answerOfXml(text: string): Answer {
  const reader = new XmlReader();
  const parser = new Parser(
    {
      onopentag: (name) => reader.open(name),
      ontext: (data) => reader.text(data),
      onclosetag: (_name, isImplied) => reader.close(isImplied),
    },
    { xmlMode: true },
  );
  parser.write(text);
  parser.end();
  return reader;
}

class XmlReader implements Answer {
  readonly told = new Map<string, string>();
  rows: PublicDataRow[] | null = null;
  /** Names of the elements that are open. */
  private readonly path: string[] = [];
  private row: { depth: number; cells: Map<string, string> } | null = null;
  /** Of the cell, or of the element beside the rows, that is open. */
  private content = '';

  open(name: string): void {
    const parent = this.path.at(-1)?.toLowerCase();
    const depth = this.path.push(name);
    if (depth > MAX_DEPTH) throw new Error(`The answer is deeper than ${MAX_DEPTH} elements.`);
    const own = name.toLowerCase();
    if (this.row) {
      if (depth === this.row.depth + 1) this.content = '';
      return;
    }
    this.content = '';
    if (own === 'items') this.rows ??= [];
    if (parent === 'items' || own === 'item' || own === 'row') this.row = { depth, cells: new Map() };
  }

  text(data: string): void {
    if (this.content.length < MAX_CELL) this.content += data.slice(0, MAX_CELL);
  }

  /** `isImplied`: without an end tag of its own, which the outermost element lacks only where the answer is cut off. */
  close(isImplied: boolean): void {
    const { row } = this;
    const depth = this.path.length;
    const name = this.path.pop()!;
    if (isImplied && depth === 1) throw new Error('The answer is cut off.');
    const content = this.content.trim();
    if (!row) {
      const own = name.toLowerCase();
      if (content !== '' && !this.told.has(own)) this.told.set(own, content);
      this.content = '';
    } else if (depth === row.depth) {
      this.rows ??= [];
      if (this.rows.length < MAX_ANSWER_ROWS) this.rows.push([...row.cells]);
      this.row = null;
      this.content = '';
    } else if (depth === row.depth + 1 && row.cells.size < MAX_CELLS) {
      const before = row.cells.get(name);
      row.cells.set(name, before === undefined ? content : `${before}, ${content}`.slice(0, MAX_CELL));
    }
  }
}
