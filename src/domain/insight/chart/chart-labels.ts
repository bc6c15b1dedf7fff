import { cutText, nameFrom } from '../../../visible-text';

const MAX_LABEL = 40;

/** One line of what is seen, whatever the data hold; what is cut ends with an ellipsis. */
export function labelOf(text: string, max = MAX_LABEL): string {
  const line = nameFrom(text, 2 * max) ?? '(이름 없음)';
  return line.length > max ? `${cutText(line, max - 1).trimEnd()}…` : line;
}

/** The labels of categories in their order: each short, no two alike. */
export function labelsOf(texts: Iterable<string>): Map<string, string> {
  const labels = new Map<string, string>();
  const taken = new Set<string>();
  for (const text of texts) {
    if (labels.has(text)) continue;
    const label = safeLabel(text);
    let free = label;
    for (let n = 2; taken.has(free); n++) free = `${cutText(label, MAX_LABEL - 6)} (${n})`;
    taken.add(free);
    labels.set(text, free);
  }
  return labels;
}

/** Vega keeps what it knows of a category in plain objects under its label: `__proto__` would change all of them. */
function safeLabel(text: string): string {
  const label = labelOf(text);
  return label in Object.prototype ? `‘${label}’` : label;
}
