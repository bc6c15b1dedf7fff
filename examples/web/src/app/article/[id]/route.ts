import { redirect } from 'next/navigation';
import { notThere } from '@/server/not-there';
import { settings } from '@/server/settings';

/** Where articles of the old service were, by their numbers: the gateway knows what they are called now. */
export async function GET(_request: Request, { params }: RouteContext<'/article/[id]'>) {
  const { id } = await params;
  const answer = await fetch(`${settings.gatewayUrl}/old/article/${encodeURIComponent(id)}`, {
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null);
  if (!answer || answer.status >= 429) return new Response(null, { status: 503 });
  const found = /\/([0-9a-f-]{36})$/.exec(answer.headers.get('location') ?? '')?.[1];
  if (found === undefined) notThere();
  redirect(`/articles/${found}`);
}
