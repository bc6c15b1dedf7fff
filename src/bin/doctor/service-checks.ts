import { PublicDataClient } from '../../adapters/public-data/public-data-client';
import { configuredSearches } from '../../adapters/web-search/configured-searches';
import type { Config } from '../../config/config';
import type { AppError } from '../../errors';
import { keysIn } from '../../adapters/tokens/key-file';
import { DATASETS } from '../../domain/insight/datasets';
import { fail, ok, warn, type Verdict } from './check';

const OLD_KEY_DAYS = 180;
const KAKAO_TIMEOUT_MS = 3_000;
const PUBLIC_DATA_TIMEOUT_MS = 4_000;

export async function keysCheck({ session }: Config, now: Date): Promise<Verdict> {
  if (session.signingKeysFile === null) return ok(`${session.signingKeys.length}, set inline`);
  const [signing, ...others] = keysIn(session.signingKeysFile);
  const days = signing!.from === null ? null : (now.getTime() - Date.parse(signing!.from)) / 86_400_000;
  const message = `one signs, ${others.length} more verify`;
  return days !== null && days > OLD_KEY_DAYS
    ? warn(`${message}; the one that signs is ${Math.floor(days)} days old: npm run keys -- rotate`)
    : ok(message);
}

/** Kakao's own description of itself, and its keys: what every sign-in needs. */
export async function kakaoCheck({ kakao }: Config): Promise<Verdict> {
  for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json']) {
    const signal = AbortSignal.timeout(KAKAO_TIMEOUT_MS);
    const response = await fetch(new URL(path, kakao.authBaseUrl), { signal, redirect: 'manual' });
    if (!response.ok) return fail(`HTTP ${response.status} for ${path}`);
  }
  const host = new URL(kakao.authBaseUrl).host;
  if (kakao.adminKey === null || kakao.appId === null)
    return warn(`${host} answers; KAKAO_ADMIN_KEY or KAKAO_APP_ID is not set`);
  return ok(`${host} answers`);
}

export async function modelCheck(model: Config['model']): Promise<Verdict> {
  if (!model) return ok('built in ("extractive"): OPENAI_API_KEY is not set');
  const response = await fetch(`${model.baseUrl}/models`, {
    headers: { authorization: `Bearer ${model.apiKey}` },
    signal: AbortSignal.timeout(4_000),
    redirect: 'manual',
  });
  if ([401, 403].includes(response.status)) return fail(`the key is refused (HTTP ${response.status})`);
  if (!response.ok) return warn(`the server does not list its models (HTTP ${response.status})`);
  const { data = [] } = (await response.json()) as { data?: { id?: string }[] };
  return data.some(({ id }) => id === model.name)
    ? ok(model.name)
    : warn(`${model.name} is not among the ${data.length} models of the server`);
}

/** One search of each service that there are keys for. */
export async function searchCheck({ search: settings }: Config): Promise<Verdict> {
  const searches = configuredSearches({ ...settings, timeoutMs: Math.min(settings.timeoutMs, 4_000) });
  if (searches.length === 0) return ok('our own articles: no key of a search is set');
  const { signal } = new AbortController();
  const failures: { name: string; error: AppError }[] = [];
  for (const { name, search } of searches)
    await search.search('경제', { signal }).catch((error: AppError) => failures.push({ name, error }));
  if (failures.length === 0) return ok(searches.map(({ name }) => name).join(', '));
  const message = failures
    .map(({ name, error: { code, detail } }) => `${name} ${code}${detail ? ` (${detail.en})` : ''}`)
    .join(', ');
  return failures.some(({ error }) => error.code === 'SEARCH_REFUSED') ? fail(message) : warn(message);
}

/** One row of each data set: the use of each has to be applied for. */
export async function publicDataCheck(config: Config): Promise<Verdict> {
  const { publicDataKey: key, publicDataServers: servers } = config;
  if (key === null) return ok('made-up samples only: PUBLIC_DATA_SERVICE_KEY is not set');
  const client = new PublicDataClient({ key, servers, timeoutMs: PUBLIC_DATA_TIMEOUT_MS });
  const { signal } = new AbortController();
  const asked = DATASETS.filter((dataset) => 'request' in dataset);
  const failures = await Promise.all(
    asked.map(({ id, request }) =>
      client.rows({ ...request, rows: 1 }, signal).then(
        () => [],
        ({ code, detail }: AppError) => [`${id} ${code}${detail ? ` (${detail.en})` : ''}`],
      ),
    ),
  );
  const message = failures.flat().join(', ');
  return message === '' ? ok(asked.map(({ id }) => id).join(', ')) : warn(message);
}
