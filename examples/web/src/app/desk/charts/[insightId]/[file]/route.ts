import { refusalOfForeign } from '@/server/answers';
import { openCookies } from '@/server/cookies';
import { settings } from '@/server/settings';

/** The picture of an insight in review, which the gateway shows to who has the token. */
export async function GET(request: Request, { params }: RouteContext<'/desk/charts/[insightId]/[file]'>) {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  const { insightId, file } = await params;
  const { accessToken } = await openCookies();
  const path = `/insights/charts/${encodeURIComponent(insightId)}/${encodeURIComponent(file)}`;
  const answer = await fetch(settings.gatewayUrl + path, {
    headers: accessToken ? { authorization: `Bearer ${accessToken}` } : {},
    cache: 'no-store',
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null);
  if (!answer?.ok) return new Response(null, { status: answer?.status ?? 503 });
  return new Response(answer.body, {
    headers: {
      'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    },
  });
}
