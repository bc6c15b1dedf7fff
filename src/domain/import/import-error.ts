/** Why an import does not begin or go on, with the exit code of the command. */
const EXIT_CODES = {
  /** The command line. */
  BAD_FROM: 2,
  BAD_ONLY: 2,
  BAD_ARGUMENTS: 2,
  /** The old database. */
  SOURCE_UNREACHABLE: 3,
  SOURCE_REFUSED: 3,
  NO_OLD_TABLES: 4,
  SAME_DATABASE: 5,
  /** Our own. */
  TARGET_MISSING: 6,
  TARGET_UNREACHABLE: 6,
  TARGET_NOT_MIGRATED: 6,
  IMPORT_RUNS: 7,
  REPORT_UNWRITABLE: 8,
  TOTALS_DIFFER: 9,
  INTERRUPTED: 130,
} as const;
export type ImportFault = keyof typeof EXIT_CODES;

/** A fault that the message explains; it never repeats an address or a password. */
export class ImportError extends Error {
  override name = 'ImportError';

  constructor(
    readonly code: ImportFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
