import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../src/config/config';
import type { ConfigError } from '../../src/config/settings';
import { ERROR_KINDS } from '../../src/errors';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const section = (title: string) => README.split(`### ${title}\n`)[1]!.split('\n#')[0]!;

/** The settings that a production start without any says are missing. */
function requiredSettings(): string[] {
  const none = { NODE_ENV: 'production', DATABASE_URL: '', JWT_PRIVATE_KEYS: '', JWT_PRIVATE_KEYS_FILE: '' };
  try {
    loadConfig(none);
  } catch (error) {
    return (error as ConfigError).faults.flatMap((fault) => /^(\w+)\b.* is missing$/.exec(fault)?.[1] ?? []);
  }
  throw new Error('a production start without settings was accepted');
}

describe('The README', () => {
  it('sets everything that production needs', () => {
    const command = section('Run it in production');
    expect(requiredSettings()).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'JWT_PRIVATE_KEYS_FILE', 'KAKAO_APP_ID', 'PUBLIC_URL']),
    );
    expect(requiredSettings().filter((name) => !command.includes(`${name}=`))).toEqual([]);
  });

  it('explains every code that a client or a job can get', () => {
    const explained = section('When something goes wrong');
    expect(Object.keys(ERROR_KINDS).filter((code) => !explained.includes(`\`${code}\``))).toEqual([]);
  });
});
