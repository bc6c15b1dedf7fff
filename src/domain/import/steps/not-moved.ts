import { reported, type ImportStep } from '../import-step';

/** A table whose rows are only counted: nobody's, or learnt anew here. */
function notMoved(name: string, table: string, fallbackId?: string): ImportStep<Record<never, never>> {
  return {
    name,
    table,
    columns: {},
    id: (old) =>
      old.has('id') ? old.column('id') : old.has(fallbackId ?? '') ? old.column(fallbackId!) : 'ctid',
    batchRows: 10_000,
    begin: async () => async (rows) => ({
      outcomes: rows.map(() => reported('NOT_MOVED')),
      write: async () => {},
    }),
  };
}

/** Of groups of readers, without a time. */
export const interactionsStep = notMoved('interactions', 'interactions');
export const recommendsStep = notMoved('recommends', 'recommends', 'classificationId');
/** Of no user. */
export const gptResponsesStep = notMoved('answers', 'gpt_response');
