import path from 'node:path';
import { parse } from 'graphql';
import pg from 'pg';
import type { Services } from '../src/context/gateway';
import { buildUnshieldedSchema } from '../src/schema/build-schema';
import { ComplexityLimit } from '../src/schema/document-limits';
import { articlesRequest } from './articles-request';
import { cpuMeter } from './cpu-meter';
import { startBenchDatabase } from './database';
import { Load } from './load';
import { report, round } from './report';
import { corpus } from './search-corpus';
import { OTHER_CORES, pin, startServer } from './server-process';

const ARTICLES = 4_000;
const REQUESTS = 20;

const CARD = 'id title comment category imageUrl publishedAt viewCount publisher { id name }';
const page = (first: number, fields: string, filter = '') =>
  `articles(first: ${first}${filter}) { edges { node { ${fields} } } }`;
const search = (text: string) => `, filter: { search: "${text}" }`;
const aliased = (times: number, field: (n: number) => string) =>
  Array.from({ length: times }, (_, n) => `a${n}: ${field(n)}`).join(' ');

/** Something of each kind that costs; `npm run bench -- costs` prints what a point of each is. */
const OPERATIONS: Record<string, string> = {
  'a page of cards': page(20, CARD),
  'a full page of cards': page(100, CARD),
  'a full page of texts': page(100, 'content'),
  'fifteen texts': aliased(15, () => page(10, 'content')),
  'a full page of phrases': page(100, 'phrases { expression easy }'),
  'popular articles': `popularArticles(first: 100) { id }`,
  'popular articles of several sizes': aliased(5, (n) => `popularArticles(first: ${100 - n}) { id }`),
  'the same popular articles': aliased(5, () => `popularArticles(first: 100) { id }`),
  'terms of a page': page(100, 'terms { id }'),
  'terms of several pages': aliased(3, (n) => page(30 + n, 'terms { id }')),
  'similar articles of an article': page(1, 'similarArticles { id }'),
  'similar articles of a page': page(10, 'similarArticles { id }'),
  'a search for a word': page(10, 'id', search('통화스와프')),
  'a search for a common word': page(10, 'id', search('금리')),
  'a search for a syllable': page(10, 'id', search('금')),
  'a search for a syllable, counted': `articles(first: 10, filter: { search: "이" }) { totalCount edges { node { id } } }`,
  'a search for many syllables': page(10, 'id', search('가 나 다 라 마 이 그 은 는 을 를 에 의 로 고 도 만 한 하 지')),
  'glossary': 'economicTerms(first: 100) { edges { node { term description } } }',
  'a term': 'findTerm(question: "기준금리가 뭐야?") { term }',
  'FAQ': 'faqs { question answer }',
  'publishers': 'publishers { id name }',
  'how many': '{ articles(first: 1) { totalCount } }'.slice(2, -2),
  'recommendations': 'recommendations(first: 10) { score article { id } }',
  'exportMyData': 'exportMyData',
}; // prettier-ignore

/** What a point of complexity costs in CPU, gateway and database together, whatever it is spent on. */
export async function benchCosts(): Promise<boolean> {
  const database = await startBenchDatabase();
  const server = await startServer('gateway', database.settings, path.join(database.folder, 'servers.log'));
  const load = new Load(server.url);
  const postgresCpu = cpuMeter(database.pid);
  try {
    pin(database.pid, OTHER_CORES);
    await fill(database.settings.databaseUrl);
    const complexity = new ComplexityLimit(buildUnshieldedSchema({} as Services));
    const { headers, path: target } = articlesRequest(database.token);
    const notes: string[] = [];
    let dearest = 0;
    for (const [name, fields] of Object.entries(OPERATIONS)) {
      const query = `{ ${fields} }`;
      const points = complexity.check(parse(query), null, {});
      const request = { path: target, headers, body: JSON.stringify({ query }) };
      let bytes = 0;
      try {
        for (let n = 0; n < 6; n++) bytes = (await load.send(request)).length;
        const before = await spent();
        for (let n = 0; n < REQUESTS; n++) await load.send(request);
        const after = await spent();
        const gateway = (after.gateway - before.gateway) / REQUESTS;
        const postgres = (after.postgres - before.postgres) / REQUESTS;
        const perPoint = ((gateway + postgres) * 1000) / points;
        if (points >= 100) dearest = Math.max(dearest, perPoint);
        notes.push(
          `${name}: ${points} points, ${round(gateway)} + ${round(postgres)} ms, ${round(perPoint)} µs a point, ${bytes} characters`,
        );
      } catch (error) {
        notes.push(`${name}: ${points} points, ${String(error).slice(0, 160)}`);
      }
    }
    return report(`What operations cost over ${ARTICLES} articles`, notes, [
      { name: 'the dearest point', value: dearest, atMost: 50, unit: ' µs' },
    ]);
  } finally {
    await load.close();
    await server.stop();
    await database.close();
  }

  /** Milliseconds of CPU since the start. */
  async function spent(): Promise<{ gateway: number; postgres: number }> {
    return { gateway: (await server.usage()).cpu / 1000, postgres: postgresCpu() / 1000 };
  }
}

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const articles = corpus(ARTICLES);
  for (let from = 0; from < articles.length; from += 1_000) {
    const some = articles.slice(from, from + 1_000);
    await client.query(
      `INSERT INTO "Article" (id, title, content, category, "publisherId", "sourceUrl", "publishedAt", "releasedAt", status, "createdAt", phrases)
       SELECT gen_random_uuid(), t.title, repeat(t.content, 2), 'ECONOMY_AND_BUSINESS', (SELECT id FROM "Publisher" LIMIT 1),
              'https://bench.invalid/' || $3 + n, now() - n * interval '1 minute', now() - n * interval '1 minute', 'PUBLISHED', now(),
              '[{"expression":"기준금리","easy":"중앙은행이 정하는 이자율이에요"}]'
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t(title, content, n)`,
      [some.map(({ title }) => title), some.map(({ content }) => content), from],
    );
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
}
