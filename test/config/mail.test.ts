import { loadConfig } from '../../src/config/config';
import type { ConfigError } from '../../src/config/settings';

function faultsOf(settings: Record<string, string>): string[] {
  try {
    loadConfig({ NODE_ENV: 'test', ...settings });
  } catch (error) {
    return (error as ConfigError).faults.filter((fault) => /SMTP|MAIL/.test(fault));
  }
  return [];
}

it.each([
  [{ SMTP_URL: 'smtp://mail.example:587' }, 'MAIL_FROM is missing: SMTP_URL is of no use without it'],
  [{ MAIL_FROM: 'a@b.example' }, 'SMTP_URL is missing: MAIL_FROM is of no use without it'],
  [
    { SMTP_URL: 'https://mail.example', MAIL_FROM: 'a@b.example' },
    'SMTP_URL must be an smtp:// or smtps:// URL',
  ],
  [
    { SMTP_URL: 'smtp://mail.example?ignoreTLS=true', MAIL_FROM: 'a@b.example' },
    'SMTP_URL must have no query',
  ],
  [
    { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'a@b.example, c@d.example' },
    'MAIL_FROM must be an address',
  ],
])('mail that is set up wrongly stops the start: %j', (settings, fault) => {
  expect(faultsOf(settings)).toEqual([fault]);
});
