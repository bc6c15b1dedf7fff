import { parse, serialize } from 'cookie';
import type { Config } from '../config/config';
import type { BrowserToken } from '../domain/user/session.service';

type Site = Pick<Config, 'production' | 'publicUrl'>;

/** `__Host-` ties the cookie to this very host over TLS; plain http, in development, cannot carry it. */
function browserCookieName(config: Site): string {
  return usesTls(config) ? '__Host-gyeongdan' : 'gyeongdan';
}

/** The token of the browser session in a Cookie header. */
export function browserTokenOf(config: Site, cookie: string | undefined): string | undefined {
  return cookie === undefined ? undefined : parse(cookie)[browserCookieName(config)];
}

/** The login that is under way in this browser; `__Host-` keeps a neighbouring host from planting its own. */
export function loginCookieName(config: Site): string {
  return `${browserCookieName(config)}-login`;
}

/** Set-Cookie that carries a login under way for at most `maxAge` seconds. */
export function writeLoginCookie(config: Site, value: string, maxAge: number): string {
  return serialize(loginCookieName(config), value, { ...protection(config), maxAge });
}

/** Set-Cookie of a browser session. */
export function writeBrowserCookie(config: Site, { token, expiresAt }: BrowserToken): string {
  return serialize(browserCookieName(config), token, { ...protection(config), expires: expiresAt });
}

/** Set-Cookie that removes it. */
export function clearBrowserCookie(config: Site): string {
  return writeBrowserCookie(config, { token: '', expiresAt: new Date(0) });
}

function protection(config: Site) {
  return { httpOnly: true, secure: usesTls(config), sameSite: 'lax', path: '/' } as const;
}

function usesTls({ production, publicUrl }: Site): boolean {
  return production || publicUrl.startsWith('https:');
}
