/** Longer items are clauses. */
const MAX_ITEM = 30;
const SENTENCE_END = /[.!?](?=\s|$)|\n/;
const AND = /[가-힣A-Za-z0-9](?:와|과|랑|및|하고|이랑) |그리고/;

/** Of how many things each the lists of a text are: 3 of 삼성, LG와 SK. */
export function countsOfLists(text: string): Set<number> {
  const counts = new Set<number>();
  for (const sentence of text.split(SENTENCE_END)) {
    for (const word of sentence.split(/[\s,]/)) counts.add(word.split('·').length);
    if (AND.test(sentence)) counts.add(2);
    let commas = 0;
    sentence.split(/,(?!\d{3})/).forEach((item, index, items) => {
      if (index === 0) return;
      commas += 1;
      const isLast = index === items.length - 1 || item.length > MAX_ITEM;
      if (!isLast) return;
      counts.add(commas + (AND.test(item.slice(0, MAX_ITEM)) ? 2 : 1));
      commas = 0;
    });
  }
  return counts;
}
