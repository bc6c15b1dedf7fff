import { Prisma } from '../../../generated/prisma/client';
import type { ArticleText } from '../article-text';
import { deliveredTerms, type TermExplainer } from '../../glossary/term-explainer';
import { checkFidelity, type FidelityInput, type FidelityReport } from './check-fidelity';

/** What the check finds in an article's text. The explanations of our own glossary are nobody's claims. */
export function fidelityOf(
  text: ArticleText,
  original: FidelityInput['original'],
  glossary: TermExplainer,
): FidelityReport {
  const phrases = text.phrases.map((phrase) =>
    glossary.isOwn(phrase) || deliveredTerms.isOwn(phrase) ? { ...phrase, easy: '' } : phrase,
  );
  return checkFidelity({ original, rewrite: { ...text, phrases } });
}

/** The column `fidelity` of an article or a revision. */
export function stored(fidelity: Prisma.JsonValue) {
  return { fidelity: fidelity ?? Prisma.DbNull };
}
