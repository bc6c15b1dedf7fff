import { pageKeyOf } from '../../../adapters/crawler/canonical-url';
import { headlineForms } from '../../../adapters/crawler/headline';
import { keyOf } from '../../korean/words';

/** What is known of a text that others may have copied. */
export interface KnownText {
  title: string;
  /** Canonical; null when it has no address. */
  link: string | null;
  text: string;
}

const SIMILAR_TITLES = 0.8;
/** Letters and digits in a row that two writers do not have in common by chance. */
const SHINGLE = 10;
/** A search shows a piece of the page, and around it a date or a name. */
const COPIED_SHARE = 0.6;
const SHORTEST_PIECE = 30;
const MAX_TEXT = 20_000;
/** Where a search cut a title or left a part of the text out. */
const CUT = /\s*(?:\.{2,}|…)\s*/;

/** Finds copies of one text: the same address, almost the same title, or pieces of the same text. */
export class CopyFinder {
  private readonly shingles: Set<string>;

  constructor(private readonly known: KnownText) {
    const key = keyOf(`${known.title}\n${known.text}`.slice(0, MAX_TEXT));
    this.shingles = new Set(shinglesOf(key));
  }

  isCopy({ title, link, text }: KnownText): boolean {
    return isSamePage(link, this.known.link) || isSameTitle(title, this.known.title) || this.isPiece(text);
  }

  private isPiece(text: string): boolean {
    const pieces = text.slice(0, MAX_TEXT).split(CUT).map(keyOf);
    const shingles = pieces.filter((piece) => piece.length >= SHINGLE).flatMap(shinglesOf);
    const copied = shingles.filter((shingle) => this.shingles.has(shingle)).length;
    return shingles.length >= SHORTEST_PIECE - SHINGLE && copied / shingles.length >= COPIED_SHARE;
  }
}

function isSamePage(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && pageKeyOf(one) === pageKeyOf(other);
}

/** Without labels, a site's name and what a search cut off: 코스피 3,012선 and 코스피 2,987선 are two articles. */
export function isSameTitle(one: string, other: string): boolean {
  return titleForms(one).some((a) => titleForms(other).some((b) => isSameForm(a, b)));
}

interface TitleForm {
  letters: string;
  isCut: boolean;
}

function titleForms(title: string): TitleForm[] {
  const [whole = '', ...rest] = title
    .replace(/^(?:\s*[[【<(][^\]】>)]{1,12}[\]】>)])+/, '')
    .trim()
    .split(/(?:\.{3}|…)\s*$/);
  const isCut = rest.length > 0;
  return headlineForms(whole).map((letters) => ({ letters, isCut }));
}

function isSameForm(one: TitleForm, other: TitleForm): boolean {
  const length = Math.min(
    one.isCut ? one.letters.length : Infinity,
    other.isCut ? other.letters.length : Infinity,
  );
  const [a, b] = [one.letters.slice(0, length), other.letters.slice(0, length)];
  if (Math.min(a.length, b.length) < 6) return a === b;
  return figuresOf(a) === figuresOf(b) && likeness(a, b) >= SIMILAR_TITLES;
}

function figuresOf(letters: string): string {
  return (letters.match(/\p{N}+/gu) ?? []).join(' ');
}

/** Dice's coefficient of pairs of characters, 0 to 1. */
function likeness(a: string, b: string): number {
  const [first, second] = [new Set(pairsOf(a)), new Set(pairsOf(b))];
  const common = [...first].filter((pair) => second.has(pair)).length;
  return (2 * common) / (first.size + second.size);
}

const pairsOf = (text: string) => piecesOf(text, 2);
const shinglesOf = (key: string) => piecesOf(key, SHINGLE);

function piecesOf(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) =>
    text.slice(at, at + length),
  );
}
