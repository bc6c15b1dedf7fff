import { checkFidelity, type FidelityReport } from '../../../../src/domain/article/fidelity/check-fidelity';
import { DERIVED_KINDS } from './derived-kinds';
import { FIGURE_KINDS, NAME_KINDS, type Kind } from './kinds';
import { STRANGER_KINDS } from './stranger-kinds';

function check({ original, publishedAt }: Kind, content: string): FidelityReport {
  return checkFidelity({
    original: { title: '', content: original, publishedAt: publishedAt ? new Date(publishedAt) : null },
    rewrite: { title: '', content, comment: null, phrases: [] },
  });
}

describe.each([
  ['figures', [...FIGURE_KINDS, ...DERIVED_KINDS], 'unsupportedFigures'],
  ['names', [...NAME_KINDS, ...STRANGER_KINDS], 'unsupportedNames'],
] as const)('%s', (_what, kinds, unsupported) => {
  describe.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_kind, kind) => {
    it.each(kind.faithful)('are supported in %s', (rewrite) => {
      expect(check(kind, rewrite)).toEqual({ unsupportedFigures: [], unsupportedNames: [], passed: true });
    });

    // Jest refuses an empty table.
    if (kind.altered)
      it.each(kind.altered)('are found in %s', (rewrite, ...wrong) => {
        expect(check(kind, rewrite)[unsupported]).toEqual(wrong);
      });
  });
});
