import { deliveredTerms } from '../../../glossary/term-explainer';
import type { Phrase } from '../../article';

/** The terms of the glossary that readers of a text need explained. */
export function findEasyTerms(text: string, explainer = deliveredTerms): Phrase[] {
  return explainer.explain(text);
}
