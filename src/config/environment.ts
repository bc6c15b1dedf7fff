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

/** A proxy that the environment names cannot reach this machine, where `npm start` has its services. */
export function reachThisMachineDirectly(): void {
  const { no_proxy: given = process.env.NO_PROXY } = process.env;
  process.env.NO_PROXY = process.env.no_proxy = [given, 'localhost', '127.0.0.1'].filter(Boolean).join(',');
}
