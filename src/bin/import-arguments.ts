import { parseArgs } from 'node:util';
import { ImportError } from '../domain/import/import-error';

export const REPORT_FILE = 'import-report.jsonl';
const USAGE =
  'Usage: npm run import -- --from postgresql://… [--dry-run] [--only users,articles,…] [--json] [--report FILE]';

/** What the command line asks for. Throws ImportError, which repeats nothing of an address. */
export function readImportArguments(args: string[]) {
  const values = parsed(args);
  if (values.from === undefined) throw new ImportError('BAD_ARGUMENTS', `--from is missing. ${USAGE}`);
  return {
    from: values.from,
    only: values.only,
    dryRun: values['dry-run'],
    json: values.json,
    report: values.report,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        from: { type: 'string' },
        only: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        report: { type: 'string', default: REPORT_FILE },
      },
    }).values;
  } catch {
    // Node's own words repeat what was typed, which may be an address with its password.
    throw new ImportError('BAD_ARGUMENTS', `There is an option that import does not have. ${USAGE}`);
  }
}
