import { json, refusalOfForeign } from '@/server/answers';
import { openCookies } from '@/server/cookies';
import { settings } from '@/server/settings';

/** What a page needs for `connection_init` of its socket: the page keeps it in memory only. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  const { accessToken, sessionVersion } = await openCookies();
  return json({ url: settings.socketUrl, accessToken: accessToken ?? null, sessionVersion });
}
