import { consent, type TestApp } from './app';

/** Signs in as the button of a page does; returns the cookie of that browser, and where it is led to. */
export async function signInAt(
  { url }: TestApp,
  user: string,
  link = '/auth/kakao',
): Promise<{ cookie: string; location: string }> {
  const begun = await fetch(`${url}${link}`, { redirect: 'manual' });
  const authorize = begun.headers.get('location')!;
  const query = new URLSearchParams({
    code: await consent(authorize, user),
    state: new URL(authorize).searchParams.get('state')!,
  });
  const done = await fetch(`${url}/auth/kakao/callback?${query}`, {
    redirect: 'manual',
    headers: { cookie: cookiesOf(begun) },
  });
  return { cookie: cookiesOf(done), location: done.headers.get('location')! };
}

/** As a browser that goes to an address; the cookie may be empty. */
export function openPage({ url }: TestApp, path: string, cookie = ''): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
}
