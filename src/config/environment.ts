import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Environment = Record<string, string | undefined>;

/** The process environment with `overrides` on top and without empty values: also what child processes get. */
export function environmentWith(overrides: Environment): Environment {
  const entries = Object.entries({ ...process.env, ...overrides });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** Takes the settings of `.env` in the working folder, when there is one; the real environment wins. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  // Some editors begin the file with a byte order mark, which would become part of the first name.
  const settings = parseEnv(readFileSync('.env', 'utf8').replace(/^\uFEFF/, ''));
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}
