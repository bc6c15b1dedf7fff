import { serialize } from 'cookie';
import type { Config } from '../config/config';

/** `__Host-` ties the cookie to this very host over TLS; plain http, in development, cannot carry it. */
export function browserCookieName(config: Config): string {
  return usesTls(config) ? '__Host-gyeongdan' : 'gyeongdan';
}

/** The login that is under way in this browser; `__Host-` keeps a neighbouring host from planting its own. */
export function loginCookieName(config: Config): string {
  return `${browserCookieName(config)}-login`;
}

/** Set-Cookie that carries a login under way for at most `maxAge` seconds. */
export function writeLoginCookie(config: Config, value: string, maxAge: number): string {
  return serialize(loginCookieName(config), value, {
    httpOnly: true,
    secure: usesTls(config),
    sameSite: 'lax',
    path: '/',
    maxAge,
  });
}

/** Set-Cookie of a browser session. */
export function writeBrowserCookie(
  config: Config,
  { token, expiresAt }: { token: string; expiresAt: Date },
): string {
  return serialize(browserCookieName(config), token, {
    httpOnly: true,
    secure: usesTls(config),
    sameSite: 'lax',
    path: '/',
    expires: expiresAt,
  });
}

/** Set-Cookie that removes it. */
export function clearBrowserCookie(config: Config): string {
  return writeBrowserCookie(config, { token: '', expiresAt: new Date(0) });
}

function usesTls({ production, publicUrl }: Config): boolean {
  return production || publicUrl.startsWith('https:');
}
