import { Mailer } from '../adapters/mail/mailer';
import type { Lifetime } from './lifetime';
import type { SharedContext } from './shared';

/** What all mail of a process goes through; null when no server for it is set. */
export function createMailer(
  { config: { mail }, metrics, observe }: SharedContext,
  opened: Lifetime,
): Mailer | null {
  if (!mail) return null;
  const mailer = new Mailer({
    url: mail.url,
    from: mail.from,
    messagesPerMinute: mail.perMinute,
    allowsPlain: true,
    observe: observe('mail'),
    onOutcome: (outcome) => metrics.mails.inc({ outcome }),
  });
  opened.onClose(() => mailer.close());
  return mailer;
}
