import path from 'node:path';
import type { OutgoingMail } from '../../adapters/mail/mailer';
import type { Config } from '../../config/config';
import { templatesIn } from '../../templates';
import { CATEGORY_NAMES } from '../article/category';
import { koreanDate } from '../reading/korean-calendar';
import { confirmUrl, unsubscribeHeaders, unsubscribeUrl } from './links';
import type { DueMail } from './subscriptions.sql';
import type { Wish } from './wish';

const render = templatesIn(path.join(__dirname, 'templates'));
const MINUTE = new Intl.DateTimeFormat('ko-KR', {
  dateStyle: 'long',
  timeStyle: 'short',
  hourCycle: 'h23', // ICU calls the halves of a day AM and PM in Korean too
  timeZone: 'Asia/Seoul',
});

export interface ConfirmationMailParts extends DueMail {
  wish: Wish;
  token: string;
  publicUrl: string;
  mail: NonNullable<Config['mail']>;
}

/**
 * Asks whoever has the mailbox. It is no advertisement, so its subject has no (광고), and whoever asked wrote nothing of it:
 * strangers' names would make it one.
 */
export function confirmationMail(parts: ConfirmationMailParts): OutgoingMail {
  const { wish, token, publicUrl, mail, expiresAt, confirmedAt, consentedAt } = parts;
  const isFirst = confirmedAt === null;
  const stopUrl = unsubscribeUrl(publicUrl, parts);
  const view = {
    ...headingOf(wish, isFirst),
    isFirst,
    isChange: !isFirst && !wish.again,
    isAgain: wish.again,
    categories: wish.categories.map((category) => CATEGORY_NAMES[category]).join(', '),
    consentDay: consentedAt && koreanDate(consentedAt),
    until: MINUTE.format(expiresAt),
    url: confirmUrl(publicUrl, token),
    stopUrl,
    sender: mail.from.name,
    contact: mail.contact,
  };
  return {
    to: { name: '', address: parts.email },
    subject: `[${mail.from.name}] ${view.heading}`,
    html: render('confirmation', view),
    text: render('confirmation-text', view),
    headers: { 'Auto-Submitted': 'auto-generated', ...(wish.again && unsubscribeHeaders(stopUrl)) },
  };
}

function headingOf({ again }: Wish, isFirst: boolean): { heading: string; button: string } {
  if (again) return { heading: '뉴스레터를 계속 받을지 알려 주세요', button: '계속 받기' };
  if (isFirst) return { heading: '뉴스레터 구독을 확인해 주세요', button: '구독 확인하기' };
  return { heading: '뉴스레터 구독 변경을 확인해 주세요', button: '변경 확인하기' };
}
