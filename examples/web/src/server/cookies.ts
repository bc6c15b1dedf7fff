import 'server-only';
import { createHash } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { originOf } from './origin';

/** `reader` is the role of who is signed in: for menus only, the gateway decides what anybody may do. */
type Name = 'access' | 'refresh' | 'reader' | 'viewer' | 'login';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  refreshTokenExpiresAt: string;
  user: { role?: 'USER' | 'ADMIN' | null };
}

const YEAR_SECONDS = 365 * 24 * 3600;
const LOGIN_SECONDS = 600;

/** The cookies of a browser, all of them out of reach of its scripts. */
export async function openCookies() {
  const jar = await cookies();
  // `__Host-` ties a cookie to this very host over TLS; plain http, on one's own machine, cannot carry it.
  const secure = originOf(await headers()).startsWith('https:');
  const named = (name: Name) => `${secure ? '__Host-' : ''}gyeongdan-web-${name}`;
  // What is not printable ASCII was not set here, and no header can carry it.
  const read = (name: Name) => /^[!-~]+$/.exec(jar.get(named(name))?.value ?? '')?.[0];
  const write = (name: Name, value: string, life: { maxAge: number } | { expires: Date }) =>
    jar.set(named(name), value, { httpOnly: true, secure, sameSite: 'lax', path: '/', ...life });
  const drop = (name: Name) => write(name, '', { maxAge: 0 });

  return {
    accessToken: read('access'),
    refreshToken: read('refresh'),
    role: read('reader') as 'USER' | 'ADMIN' | undefined,
    viewerId: read('viewer'),
    login: read('login'),
    /** Tells the present access token from the next one, and nothing else about it. */
    sessionVersion: versionOf(read('access')),
    keepSession({ accessToken, refreshToken, refreshTokenExpiresAt, user }: Tokens) {
      // An expired access token is kept: only the gateway's refusal tells the page to renew it.
      const life = { expires: new Date(refreshTokenExpiresAt) };
      write('access', accessToken, life);
      write('refresh', refreshToken, life);
      write('reader', user.role ?? 'USER', life);
    },
    dropSession() {
      for (const name of ['access', 'refresh', 'reader'] as const) drop(name);
    },
    keepViewerId: (id: string) => write('viewer', id, { maxAge: YEAR_SECONDS }),
    keepLogin: (login: string) => write('login', login, { maxAge: LOGIN_SECONDS }),
    dropLogin: () => drop('login'),
  };
}

function versionOf(accessToken: string | undefined): string {
  if (accessToken === undefined) return 'none';
  return createHash('sha256').update(accessToken).digest('hex').slice(0, 16);
}
