import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Input that cannot be used: a file, with the line and column where there are some, or an option. */
export class InputError extends Error {}

/** Like parseArgs. Throws InputError. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new InputError((error as Error).message.split('.')[0]);
  }
}

/** Throws InputError naming the option. */
export function wholeNumber(option: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new InputError(`${option} is a whole number from ${least}, not ${JSON.stringify(text)}`);
}

/** Throws InputError naming the option. */
export function oneOf<Choice extends string>(
  option: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new InputError(`${option} is ${choices.join(' or ')}, not ${text}`);
  return found;
}

/** Exits with 2 and one line for what the caller can repair; everything else is a fault of ours and keeps its stack. */
export function runCommand(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof InputError ? `${name}: ${error.message}` : error);
    process.exitCode = error instanceof InputError ? 2 : 1;
  });
}
