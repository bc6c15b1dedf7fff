import 'server-only';
import { originOf } from './origin';

/** Kept in the browser's cookie while the reader is at Kakao. */
export interface BegunLogin {
  state: string;
  codeVerifier: string;
  returnTo: string;
}

export type LoginFault = 'foreign' | 'refused' | 'away';

export function callbackOf({ headers }: Request): string {
  return `${originOf(headers)}/auth/kakao/callback`;
}

/** The login page, which says what went wrong. */
export function loginPage(fault: LoginFault, returnTo: string): string {
  return `/login?${new URLSearchParams({ fault, returnTo })}`;
}

export function begunLogin(cookie: string | undefined): BegunLogin | null {
  try {
    const { state, codeVerifier, returnTo } = JSON.parse(cookie ?? '') as Record<string, unknown>;
    if (![state, codeVerifier, returnTo].every((each) => typeof each === 'string')) return null;
    return { state, codeVerifier, returnTo } as BegunLogin;
  } catch {
    return null;
  }
}
