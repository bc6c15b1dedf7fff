import type { Embeddings } from '../../../adapters/language-model/embeddings';
import { dotProduct, textVectors } from '../../korean/tf-idf';

/** A text that is compared with others. */
interface Text {
  title: string;
  text: string;
}

const MAX_ARTICLE = 4_000;

/** How alike each document is to the article, by the words that they share: 0 to 1, in the order of the documents. */
export function likenessByWords(article: Text, documents: readonly Text[]): number[] {
  const [subject, ...others] = textVectors([article, ...documents].map(textOf));
  return others.map((other) => dotProduct(subject, other));
}

/** The same by what the texts mean, as a model sees it: -1 to 1. Throws what the model's server does. */
export async function likenessByMeaning(
  article: Text,
  documents: readonly Text[],
  embed: (texts: string[]) => ReturnType<Embeddings['embed']>,
): Promise<number[]> {
  const [subject = [], ...others] = await embed([article, ...documents].map(textOf));
  return others.map((other) => cosine(subject, other));
}

/** The title says twice what it is about. */
function textOf({ title, text }: Text): string {
  return `${title}\n${title}\n${text}`.slice(0, MAX_ARTICLE);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let squares = 0;
  let others = 0;
  for (const [index, value] of a.entries()) {
    dot += value * b[index]!;
    squares += value ** 2;
    others += b[index]! ** 2;
  }
  return dot / Math.sqrt(squares * others) || 0;
}
