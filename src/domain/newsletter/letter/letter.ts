import path from 'node:path';
import { DateTime } from 'luxon';
import { templatesIn } from '../../../templates';
import { nameFrom } from '../../../visible-text';
import { SOURCE_PAGES } from '../../answer/answer.service';
import { CATEGORY_NAMES, type ArticleCategory } from '../../article/category';
import { koreanDate } from '../../reading/korean-calendar';
import { paragraphsOf } from '../../shared/text';
import { UNSUBSCRIBE_PATH } from '../links';

export interface LetterArticle {
  id: string;
  title: string;
  comment: string | null;
  content: string;
  imageUrl: string | null;
  publisher: string;
}

/** Whom one mail is for. */
export interface LetterRecipient {
  name: string;
  consentedAt: Date;
  /** Of the page where this recipient, and nobody else, leaves. */
  unsubscribeUrl: string;
}

/** What is the same in every mail of an issue. */
export interface Letter {
  subject: string;
  html: string;
  text: string;
}

export interface LetterOptions {
  /** Origin of the pages that mails lead to, without a trailing slash. */
  publicUrl: string;
  sender: string;
  /** How the sender is reached. */
  contact: string;
}

/** 정보통신망법 시행령 제61조: what promotes a service begins so, letter by letter. docs/operations.md says why ours does. */
export const ADVERTISEMENT = '(광고)';
const LONGEST_SUBJECT = 70;
const LONGEST_TITLE = 100;
const LONGEST_LEAD = 160;
const LONGEST_PREHEADER = 90;
/** Article texts are escaped: they hold no comment. */
const [RECIPIENT_BEGIN, RECIPIENT_END] = ['<!--recipient-->', '<!--/recipient-->'];
/** Keeps a mailbox's preview from going on with the text behind the preheader. */
const PREHEADER_END = '&#847;&zwnj;&nbsp;'.repeat(60);

const fill = templatesIn(path.join(__dirname, 'templates'));
const fillText = templatesIn(path.join(__dirname, 'templates'), (text) => text);

/** Writes the mails of an issue: once for all, then the part that is each recipient's own. */
export class LetterWriter {
  constructor(private readonly options: LetterOptions) {}

  /** As admins look at it: its link to leave is nobody's. */
  write(
    { category, week }: { category: ArticleCategory; week: Date },
    articles: readonly LetterArticle[],
  ): Letter {
    const { sender, contact } = this.options;
    const shown = articles.map((article) => this.shown(article));
    const name = CATEGORY_NAMES[category];
    const others = shown.length > 1 ? ` 외 ${shown.length - 1}편` : '';
    const first = shortened(shown[0]!.title, LONGEST_SUBJECT - others.length - name.length);
    const subject = `${ADVERTISEMENT} ${name} 소식: ${first}${others}`;
    const view = {
      subject,
      sender,
      contact,
      category: name,
      period: `${monthDay(week)}호`,
      preheader: shortened(shown.map(({ title }) => title).join(' · '), LONGEST_PREHEADER),
      preheaderEnd: PREHEADER_END,
      articles: shown,
      recipientBegin: RECIPIENT_BEGIN,
      recipientEnd: RECIPIENT_END,
      unsubscribeUrl: this.options.publicUrl + UNSUBSCRIBE_PATH,
    };
    return { subject, html: fill('html', view), text: fillText('text', view) };
  }

  /** The mail of one recipient. */
  addressed(
    { html, text }: Pick<Letter, 'html' | 'text'>,
    recipient: LetterRecipient,
  ): Omit<Letter, 'subject'> {
    const { name, consentedAt, unsubscribeUrl } = recipient;
    const view = { ...this.options, name, unsubscribeUrl, consentedOn: koreanDate(consentedAt) };
    const [before, rest] = parted(html, RECIPIENT_BEGIN);
    const [, after] = parted(rest, RECIPIENT_END);
    return {
      html: before + fill('recipient', view) + after,
      text: text + fillText('text-recipient', view),
    };
  }

  private shown({ id, title, comment, content, imageUrl, publisher }: LetterArticle) {
    return {
      title: shortened(oneLine(title), LONGEST_TITLE),
      comment: comment && shortened(oneLine(comment), LONGEST_LEAD),
      lead: shortened(oneLine(paragraphsOf(content)[0] ?? ''), LONGEST_LEAD),
      // Mail programs show no picture that comes unencrypted.
      imageUrl: imageUrl?.startsWith('https://') ? imageUrl : null,
      publisher: oneLine(publisher),
      url: `${this.options.publicUrl}${SOURCE_PAGES.article}/${id}`,
    };
  }
}

function parted(text: string, at: string): [before: string, after: string] {
  const index = text.indexOf(at);
  return [text.slice(0, index), text.slice(index + at.length)];
}

/** Of what is seen: nothing in it turns what stands behind it, in a subject or a plain text, around. */
const oneLine = (text: string) => nameFrom(text.replace(/[\s\p{Cc}]+/gu, ' '), Infinity) ?? '';

/** At most so many characters, whole words where it can be. */
function shortened(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const cut = characters.slice(0, max - 1).join('');
  const words = cut.replace(/\s\S*$/, '');
  return `${(words.length > max / 2 ? words : cut).trimEnd()}…`;
}

const monthDay = (day: Date) => DateTime.fromJSDate(day, { zone: 'UTC' }).toFormat('M월 d일');
