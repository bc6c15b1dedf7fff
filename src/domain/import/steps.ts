import { ImportError } from './import-error';
import type { ImportStep } from './import-step';
import { articlesStep } from './steps/articles';
import { documentsStep } from './steps/documents';
import { faqsStep } from './steps/faqs';
import { historyStep } from './steps/history';
import { insightsStep } from './steps/insights';
import { issuesStep } from './steps/issues';
import { gptResponsesStep, interactionsStep, recommendsStep } from './steps/not-moved';
import { subscriptionsStep } from './steps/subscriptions';
import { termsStep } from './steps/terms';
import { typesStep } from './steps/types';
import { usersStep } from './steps/users';

/** In the order in which they need each other. */
export const IMPORT_STEPS: readonly ImportStep[] = [
  usersStep,
  typesStep,
  articlesStep,
  documentsStep,
  historyStep,
  termsStep,
  faqsStep,
  insightsStep,
  issuesStep,
  subscriptionsStep,
  interactionsStep,
  recommendsStep,
  gptResponsesStep,
] as unknown as ImportStep[];

/** Those that --only names, by their names or their tables', in the order above; all without it. Throws ImportError. */
export function stepsNamed(only: string | undefined): readonly ImportStep[] {
  if (only === undefined) return IMPORT_STEPS;
  const wanted = only
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const isOf = (step: ImportStep, name: string) => step.name === name || step.table === name;
  const unknown = wanted.filter((name) => !IMPORT_STEPS.some((step) => isOf(step, name)));
  if (wanted.length > 0 && unknown.length === 0)
    return IMPORT_STEPS.filter((step) => wanted.some((name) => isOf(step, name)));
  const names = IMPORT_STEPS.map(({ name }) => name).join(', ');
  throw new ImportError(
    'BAD_ONLY',
    `--only takes ${names}, separated by commas${unknown.length > 0 ? `; not ${unknown.join(', ')}` : ''}.`,
  );
}
