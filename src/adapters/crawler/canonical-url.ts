import { getDomain } from 'tldts';
import { AppError, badUserInput } from '../../errors';

/** In characters, all ASCII: far below what a row of a database index can hold (2,704 bytes). */
export const MAX_URL_LENGTH = 2_048;
/** First labels under which a site shows the same pages. */
const VARIANT_LABEL = /^(?:www|m|amp)\./;

/** Parameters that only tell where a visitor came from; the page is the same without them. */
const TRACKING_PARAMETER =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl|_branch_match_id|napm|n_(?:media|query|rank|ad|ad_group|ad_group_type|keyword|keyword_id|campaign_type|match))$/i;

/**
 * The form of a page's address by which an already requested page is recognised: no fragment, no tracking
 * parameters, parameters in a stable order, lower-case host without a trailing dot, no default port.
 * Scheme, path (its trailing slash included) and every other parameter stay, for they may name another page.
 * @throws AppError URL_NOT_ALLOWED when it is not an absolute http(s) address; BAD_USER_INPUT (url) when this
 * form, in which a letter of another script takes up to nine characters, is longer than 2,048 characters
 */
export function canonicalizeUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new AppError('URL_NOT_ALLOWED');
  }
  parsed.hash = '';
  if (parsed.hostname.endsWith('.')) parsed.hostname = parsed.hostname.slice(0, -1);
  // Not URLSearchParams: it would rewrite parameters that are percent-encoded EUC-KR.
  parsed.search = parsed.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING_PARAMETER.test(parameterName(pair)))
    .map(upperCaseEscapes)
    .sort((a, b) => compare(parameterName(a), parameterName(b)))
    .join('&');
  parsed.pathname = upperCaseEscapes(parsed.pathname);
  if (parsed.href.length > MAX_URL_LENGTH) {
    throw badUserInput('url', { ko: '주소가 너무 깁니다.', en: 'The address is too long.' });
  }
  return parsed.href;
}

/**
 * Whether a page may speak for another address: the same host and port, a leading www., m. or amp. aside.
 * A registrable domain is not enough, for portals lend theirs: blog.naver.com is not news.naver.com.
 */
export function isSameHost(a: URL, b: URL): boolean {
  return a.port === b.port && mainHost(a.hostname) === mainHost(b.hostname);
}

/** The same for all addresses of a page: with http or https, www., m. or amp., slashes at the end or none. */
export function pageKeyOf(url: string): string {
  const { hostname, port, pathname, search } = new URL(url);
  return mainHost(hostname) + (port && `:${port}`) + pathname.replace(/\/+$/, '') + search;
}

/** The label stays when it is somebody's name under a suffix: m.github.io is no variant of github.io. */
function mainHost(hostname: string): string {
  const rest = hostname.replace(VARIANT_LABEL, '');
  return getDomain(rest, { allowPrivateDomains: true }) === null ? hostname : rest;
}

function parameterName(pair: string): string {
  return pair.split('=', 1)[0] ?? '';
}

function upperCaseEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
