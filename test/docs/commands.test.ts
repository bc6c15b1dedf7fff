import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { consent, testSigningKey } from '../helpers/app';
import { startModelServer } from '../helpers/model-server';
import { redisServerPath, startRedis, type RedisServer } from '../helpers/redis';
import { startSystemPostgres, systemPostgresPath, type SystemPostgres } from '../helpers/system-postgres';
import { waitUntil } from '../helpers/wait-until';
import { Checkout, type Running } from './guides/checkout';
import { commandsOf } from './guides/commands';

type Runs = Record<string, (text: string) => Promise<void>>;

const ROOT = path.resolve(__dirname, '../..');
const COMMANDS = commandsOf(['README.md', 'docs/operations.md', 'docs/clients.md']);

/** What no test here runs, and who does. */
const RUN_ELSEWHERE: Record<string, string> = {
  'npm ci': '.ci/run, on a clean clone',
  'npm ci && npm test': 'this very run; .ci/run on a clean clone',
  'npm start': 'as `npm ci && npm start`, below',
  'npm run check': '.ci/run',
  'npm run schema': '`npm run check` compares what it writes',
  'npm test -- test/domain/article/fidelity/pairs.test.ts': 'this very run, which has that file',
  'npm test -- test/domain/article/rewriting/kept-facts.test.ts': 'this very run, which has that file',
  'npm run web': 'test/web/npm-run-web.test.ts',
  'npm run persisted': '`npm run check` compares what it writes',
  'npm run import -- --from postgresql://…':
    'test/domain/import/import-command.test.ts, which has an old database',
  'node dist/bin/import.js': 'as `npm run import`, which is this; the image has it by `npm run test:image`',
  'npm run bench': 'measures for minutes on a quiet machine',
  'npm run bench -- jobs': 'measures for a quarter of an hour',
  'npm run bench -- jobs collection --jobs 500 --kills 10 --items 100': 'measures for minutes',
  'npm run bench -- model': 'measures for minutes',
  'npm run bench -- newsletter': 'measures for minutes',
  'npm run bench -- import': 'measures for minutes',
  'npm run bench -- memory': 'measures on a quiet machine',
  'npm run bench -- growth': 'measures for a quarter of an hour, with 7 GB of disk',
  'npm run bench -- charts': 'measures on a quiet machine',
  'npm run bench -- outages': 'measures on a quiet machine',
  'npm run bench -- writes': 'measures on a quiet machine',
  'npm run bench -- start': 'measures on a quiet machine',
  'npm run build': 'as a part of `npm ci && npm run build`, below',
  'npm run test:deploy': '.ci/run',
  'npm run bench -- recommendations': 'measures on a quiet machine',
  'npm run bench -- live': 'measures on a quiet machine',
  'npm run bench -- live-subscribers': 'measures on a quiet machine',
  'npm run bench -- live-restarts': 'measures, and needs haproxy',
  'npm run bench -- answers': 'measures on a quiet machine',
  'npm run bench:rolling': 'measures, and needs haproxy',
  'npm run rehearse:deploy': 'measures; `npm run test:image` rehearses the same in small',
  'node --require ./scripts/register-swc.cjs scripts/deploy/run.ts smoke --url https://…':
    'test/deploy/release.test.ts asks a gateway the same',
  'scripts/deploy/run.ts smoke': 'as the command before',
  'aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier OLD --target-db-instance-identifier NEW \\':
    'needs AWS',
  'mutation { sendNewsletter(category: ECONOMY_AND_BUSINESS) { id } }':
    'test/domain/newsletter/sending.test.ts, which has a mail server',
  'docker build -t gyeongdan .': 'needs an engine; `npm run test:image` builds the Dockerfile with buildah',
  'CREATE INDEX CONCURRENTLY': 'the beginning of a statement',
  'ALTER EXTENSION': 'the beginning of a statement',
  'UPDATE OF': 'a part of a statement',
};

/** What a guide leaves to the reader: hosts, ports, secrets, ids. */
function filled(text: string, values: [placeholder: string | RegExp, value: string][]): string {
  const complete = values.reduce((so, [from, to]) => so.replaceAll(from, to), text);
  expect(complete.replace(/ +#.*/g, '')).not.toMatch(/…|<\w+>/);
  return complete;
}

describe('Every command of README.md, docs/operations.md and docs/clients.md', () => {
  it('is run by a test as it stands there', () => {
    const known = [...Object.keys(RUN_ELSEWHERE), ...Object.keys(NEWCOMER), ...Object.keys(OPERATOR)];
    expect(COMMANDS.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('is one that a shell can read', () => {
    for (const { language, text } of COMMANDS)
      if (language === 'sh' && !/<\w+>|^[A-Z]+ /.test(text)) execFileSync('sh', ['-n', '-c', text]);
  });

  it('is a script of package.json where it is npm’s', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const names = COMMANDS.flatMap(({ text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, one]) => one),
    );
    expect(names.filter((name) => !(name! in scripts))).toEqual([]);
  });
});

let checkout: Checkout;
beforeAll(() => {
  checkout = new Checkout();
});
afterAll(() => checkout.remove());

/** A `npm start` of the checkout, with what its summary names. */
class Product {
  constructor(readonly running: Running) {}

  static async start(text: string, environment: Record<string, string> = {}): Promise<Product> {
    const settings = { PORT: '0', ...environment };
    return new Product(await checkout.start(text, 'Ctrl-C stops everything', settings));
  }

  get url(): string {
    return this.named('Playground');
  }

  named(line: string): string {
    return new RegExp(`${line} +(http://[\\w.:]+)`).exec(this.running.output())![1]!;
  }

  async ask(query: string, token?: string, variables = {}): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return data;
  }

  async signIn(user: string): Promise<string> {
    const redirectUri = `${this.url}/auth/kakao/callback`;
    const { begun } = (await this.ask(
      'mutation ($redirectUri: URL!) { begun: beginKakaoLogin(redirectUri: $redirectUri) { url state codeVerifier } }',
      undefined,
      { redirectUri },
    )) as { begun: { url: string; state: string; codeVerifier: string } };
    const { url, ...kept } = begun;
    const { login } = (await this.ask(
      'mutation ($input: KakaoCodeInput!) { login: loginWithKakaoCode(input: $input) { accessToken } }',
      undefined,
      { input: { ...kept, redirectUri, code: await consent(url, user) } },
    )) as { login: { accessToken: string } };
    return login.accessToken;
  }

  /** Waits for the end of a job; gives the id of what it wrote. */
  async articleOf(id: string, token: string): Promise<string | undefined> {
    const query = `{ generationJob(id: "${id}") { status article { id } error { code } } }`;
    const job = await waitUntil('the job has ended', async () => {
      const { generationJob } = await this.ask(query, token);
      const found = generationJob as { status: string; article: { id: string } | null };
      return ['QUEUED', 'RUNNING'].includes(found.status) ? null : found;
    });
    expect(job).toMatchObject({ status: 'SUCCEEDED', error: null });
    return job.article?.id;
  }

  /** Has the article at this place of the newsroom's feed written. */
  async write(place: number): Promise<void> {
    const feed = await (await fetch(`${this.named('Newsroom')}/rss.xml`)).text();
    const url = [...feed.matchAll(/<link>(http[^<]+)<\/link>/g)].at(-1 - place)![1]!;
    const token = await this.signIn('admin');
    const { job } = await this.ask(`mutation { job: requestArticle(url: "${url}") { id } }`, token);
    expect(await this.articleOf((job as { id: string }).id, token)).toBeDefined();
  }
}

let product: Product;
let admin: string;
let jobId: string;
let articleId: string;
let answerId: string;
let newsletterToken: string;
let insightJobId: string;
let insightId: string;
let kakaoToken: string;
/** The shell in which one block goes on where the one before ended. */
let session = '';

/** A document with its addresses and ids, by the admin of steps 1 to 5 of the README. */
async function ask(text: string, token = admin) {
  const ids: [RegExp, string][] = [
    [/(?<=generationJob\(id: ")…/g, jobId],
    [/(?<=\banswer\(id: ")…/g, answerId],
    [/…/g, articleId],
  ];
  return product.ask(filled(text, [['http://127.0.0.1:4002', product.named('Newsroom')], ...ids]), token);
}

const addressed = (text: string) =>
  filled(text, [
    ['http://localhost:4000', product.url],
    ['http://127.0.0.1:4001', product.named('Kakao')],
    ['<kakaoId>', '2000006'],
  ]);
const sh = (text: string) => checkout.run(addressed(text));

/** What goes on until it is interrupted: here when it has said `sign`. */
async function watch(text: string, sign: string): Promise<void> {
  const watching = await checkout.start(addressed(text), sign, {});
  await watching.interrupt();
}

/** As a program that asks a model: one line of them is one way to start. */
async function startWithModel(line: string, place: number): Promise<void> {
  const apiKey = line.includes('=none') ? 'none' : 'sk-test-canary-5b1f';
  const model = line.includes('gpt-4o-mini') ? 'gpt-4o-mini' : 'test-model';
  const server = await startModelServer({ apiKey, model });
  const values: [string | RegExp, string][] = [
    ['OPENAI_API_KEY=…', `OPENAI_API_KEY=${apiKey}`],
    ['OPENAI_MODEL=…', `OPENAI_MODEL=${model}`],
    [/http\S+\/v1/g, server.url],
  ];
  const started = await Product.start(filled(line, values), { OPENAI_BASE_URL: server.url });
  try {
    expect(started.running.output()).toMatch(new RegExp(`Rewriter +${model}`));
    await started.write(place);
    expect(server.requests.map(({ body }) => body.model)).toContain(model);
  } finally {
    await started.running.interrupt();
    await server.close();
  }
}

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);
const something = async (text: string, token?: string) => {
  const data = await ask(text, token);
  expect(Object.values(data).filter(isEmpty)).toEqual([]);
};
const within =
  (before: string, after = '}') =>
  (text: string) =>
    something(`${before} ${text} ${after}`);

const NEWCOMER: Runs = {
  'npm ci && npm start': async (text) => {
    product = await Product.start(text);
    admin = await product.signIn('admin');
  },
  'mutation { requestArticle(url: "http://127.0.0.1:4002/sedaily/winter-travel-regional") { id status } }':
    async (text) => {
      const { requestArticle } = await ask(text);
      jobId = (requestArticle as { id: string }).id;
    },
  '{ generationJob(id: "…") { status step progress error { code message retryable } article { id title status } } }':
    async (text) => {
      expect(await ask(text)).toHaveProperty('generationJob.error', null);
      articleId = (await product.articleOf(jobId, admin))!;
    },
  '{ article(id: "…") { title content comment category phrases { expression easy } original { title content } } }':
    something,
  'mutation { updateArticle(id: "…", input: { title: "더 쉬운 제목" }) { title updatedAt } }': async (
    text,
  ) => {
    expect(await ask(text)).toHaveProperty('updateArticle.title', '더 쉬운 제목');
  },
  'mutation { publishArticle(id: "…") { status releasedAt } }': async (text) => {
    expect(await ask(text)).toHaveProperty('publishArticle.status', 'PUBLISHED');
  },
  '{ articles(first: 5) { edges { node { title comment publisher { name } } } } }': async (text) => {
    expect(await ask(text, '')).toHaveProperty('articles.edges.0.node.title', '더 쉬운 제목');
  },
  'api=http://localhost:4000/graphql; redirect=http://localhost:4000/auth/kakao/callback': async (text) => {
    expect(await sh(text)).toContain('{"data":{"me":{"name":"독자 1","role":"USER"}}}');
    session = text;
  },
  'kakao=http://127.0.0.1:4001; app="client_id=standin-rest-api-key&redirect_uri=$redirect"': async (
    text,
  ) => {
    const said = await sh(`${session}\n${text}`);
    kakaoToken = /"access_token": ?"([^"]+)"/.exec(said)![1]!;
  },
  'loginWithKakaoToken(accessToken: "…")': async (text) => {
    await product.ask(`mutation { ${text.replace('…', kakaoToken)} { user { name } } }`);
  },
  '{ articles(first: 5, filter: { search: "한국은행 금리는" }) { edges { node { title similarArticles(first: 2) { title } terms { term description } } } } }':
    async (text) => {
      expect(await ask(text, '')).toHaveProperty('articles.edges.0.node.similarArticles.0.title');
    },
  '{ findTerm(question: "기준금리가 뭐야?") { term description } }': (text) => something(text, ''),
  "curl -N http://localhost:4000/graphql/stream -H 'content-type: application/json' -d @- <<'END'": async (
    text,
  ) => {
    await watch(text, 'data: {"data":{"articlePublished":{"title":');
  },
  '{ datasets { id name sourceUrl columns fetchedAt } }': (text) => something(text),
  'mutation { requestInsight(title: "기준금리 추이", datasetId: "sample-base-rate") { id status } }': async (
    text,
  ) => {
    const { requestInsight } = await ask(text);
    insightJobId = (requestInsight as { id: string }).id;
  },
  '{ generationJob(id: "…") { status step progress insight { id title content chartSvgUrl status } } }':
    async (text) => {
      await product.articleOf(insightJobId, admin);
      const { generationJob } = await ask(text.replace('…', insightJobId));
      insightId = (generationJob as { insight: { id: string } }).insight.id;
    },
  'mutation { publishInsight(id: "…") { title releasedAt } }': async (text) => {
    expect(await ask(text.replace('…', insightId))).toHaveProperty('publishInsight.releasedAt');
  },
  '{ insights(first: 5) { edges { node { title content chart chartSvgUrl chartPngUrl dataset { name sourceUrl } } } } }':
    async (text) => {
      expect(await ask(text, '')).toHaveProperty('insights.edges.3.node.dataset.name');
    },
  'mutation { askQuestion(question: "기준금리가 뭐예요?") { id status } }': async (text) => {
    const { askQuestion } = await ask(text);
    answerId = (askQuestion as { id: string }).id;
  },
  'mutation { subscribeNewsletter(input: { email: "hong@example.com", name: "홍길동", categories: [ECONOMY_AND_BUSINESS] }) }':
    async (text) => {
      expect(await ask(text, '')).toEqual({ subscribeNewsletter: true });
      const link = await waitUntil('the mail is in the inbox', async () => {
        const response = await fetch(`${product.named('Mail')}/mails.json`);
        const mails = (await response.json()) as { to: string; links: string[] }[];
        return mails.find(({ to }) => to === 'hong@example.com')?.links[0];
      });
      newsletterToken = new URL(link).searchParams.get('token')!;
    },
  'mutation { confirmNewsletter(token: "…") { name categories confirmed } }': async (text) => {
    const query = text.replace('…', newsletterToken);
    expect(await product.ask(query)).toHaveProperty('confirmNewsletter.confirmed', true);
  },
  'unsubscribeNewsletter(token: "…")': async (text) => {
    const query = `mutation { ${text.replace('…', 'x')} }`;
    await expect(product.ask(query)).rejects.toThrow('BAD_USER_INPUT');
  },
  '{ answer(id: "…") { status text sources { title link snippet } } }': async (text) => {
    expect(await ask(text)).toHaveProperty('answer.status');
  },
  '{ me { answers(first: 10) { edges { node { question status } } } } }': async (text) => {
    expect(await ask(text)).toHaveProperty('me.answers.edges.0.node.question', '기준금리가 뭐예요?');
  },
  'bearer="authorization: Bearer $(field loginWithKakaoCode.accessToken "$login")"': async (text) => {
    await watch(`${session}\n${text}`, 'data: {"data":{"answerUpdated":{"status":');
  },
  '{ popularArticles(first: 10) { title viewCount } }': (text) => something(text, ''),
  'mutation { recordArticleView(articleId: "…", dwellSeconds: 40) { counted article { viewCount } } }': (
    text,
  ) => something(text, ''),
  'mutation { recordImpressions(articleIds: ["…"], surface: HOME) }': (text) => something(text),
  'mutation { answerReaderQuestions(answers: [2, 2, 2, 2, 2, 2, 0, 0, 2, 2]) { profile { type } recommendations { score reason article { title } } } }':
    something,
  '{ recommendations(first: 10) { score reason article { title } } }': something,
  'mutation { hideRecommendation(articleId: "…") }': something,
  'mutation { moreLike(articleId: "…") }': something,
  'me { readerProfile { type } recentArticles { title } }': within('{'),
  'article { fidelity { passed unsupportedFigures unsupportedNames } }': async (text) => {
    const data = await ask(`{ ${text.replace('article', 'article(id: "…")')} }`);
    expect(data).toHaveProperty('article.fidelity.passed', true);
  },
  'article { relatedDocuments { title link snippet } }': async (text) => {
    const data = await ask(`{ ${text.replace('article', 'article(id: "…")')} }`);
    expect(data).toHaveProperty('article.relatedDocuments');
  },
  'generationJob { steps { step note { code message } } }': async (text) => {
    const data = await ask(`{ ${text.replace('generationJob', 'generationJob(id: "…")')} }`);
    expect(data).toHaveProperty('generationJob.steps.0.step', 'crawling');
  },
  'steps { step at note { code message } }': within('{ generationJob(id: "…") {', '} }'),
  '{ modelSpending(days: 7) { day model purpose calls costUsd priceAssumed } }': async (text) => {
    expect(await ask(text)).toEqual({ modelSpending: [] });
  },
  '{ queues { name waiting active delayed failed completed paused oldestWaitingSeconds } }': async (text) => {
    expect(await ask(text)).toHaveProperty('queues.0.paused', false);
  },
  'mutation { pauseQueue(name: "articles", paused: true) { paused } }': async (text) => {
    expect(await ask(text)).toEqual({ pauseQueue: { paused: true } });
    expect(await ask(text.replace('true', 'false'))).toEqual({ pauseQueue: { paused: false } });
  },
  'error { code message retryable }': within('{ generationJob(id: "…") {', '} }'),
  'articles(first: 20)': within('{', '{ edges { node { id } } } }'),
  'recommendations(first: 10)': within('{', '{ score } }'),
  'articles { suggestion }': within('{', '}'),
  'npm run search:evaluate': async (text) => {
    expect(await checkout.run(text)).toMatch(/ok +right of \d+ queries/);
  },
  'articles(filter: { status: IN_REVIEW })': within('{', '{ totalCount } }'),
  'pageInfo { hasNextPage endCursor }': within('{ articles {', '} }'),
  'mutation { collectNews { id } }': async (text) => {
    const { collectNews } = await ask(text);
    jobId = (collectNews as { id: string }).id;
    await product.articleOf(jobId, admin);
  },
  '{ generationJob(id: "…") { status collection { publisher { name } found new known failed error { code message } } } }':
    async (text) => {
      expect(await ask(text)).toHaveProperty('generationJob.collection.0.error', null);
    },
  '{ newsletterIssues(first: 5) { edges { node { category subject html sentAt recipients } } } }': async (
    text,
  ) => {
    expect(await ask(text)).toHaveProperty('newsletterIssues.edges');
  },
  'mutation { refreshRecommendations { id } }': async (text) => {
    const { refreshRecommendations } = await ask(text);
    await product.articleOf((refreshRecommendations as { id: string }).id, admin);
  },
  'npm run admin -- grant <kakaoId>': async (text) => {
    expect(await sh(text)).toContain('Kakao 2000006 will be ADMIN from the first sign-in on.');
  },
  'npm run doctor': async (text) => {
    expect(await sh(text)).toContain('Everything that is needed works.');
    await product.running.interrupt();
  },
  'npm run recommend:simulate -- --out .data/simulated-news --readers 100 --days 7': async (text) => {
    expect(await checkout.run(text)).toMatch(/shipped model( +0\.\d{4}){4} +\d/);
  },
  'npm run glossary:evaluate': async (text) => {
    expect(await checkout.run(text)).toMatch(/^all +\d+ of \d+ /m);
  },
  'npm run fidelity:evaluate -- --pairs bench/fidelity/unseen-i.jsonl': async (text) => {
    expect(await checkout.run(text)).toMatch(/^all +120 /m);
  },
  'npm run fidelity:evaluate -- --pairs FILE.jsonl [--json]': async (text) => {
    const ours = text.replace('FILE.jsonl', 'bench/fidelity/unseen-i.jsonl');
    expect(await checkout.run(ours.replace(' [--json]', ''))).toMatch(/^all +\d+ .*\n/m);
    expect(await checkout.run(ours.replace('[--json]', '--json'))).toMatch(/^\{"pairs":\d+/m);
  },
  'npm run answers:evaluate -- --questions bench/answers/frozen.jsonl': async (text) => {
    expect(await checkout.run(text)).toMatch(/^all +\d+ of 68 /m);
  },
  'npm run answers:evaluate -- --questions FILE.jsonl [--json]': async (text) => {
    const ours = text.replace('FILE.jsonl', 'bench/answers/frozen.jsonl');
    expect(await checkout.run(ours.replace('[--json]', '--json'))).toMatch(/^\{"questions":\d+/m);
  },
  'node scripts/start.mjs': async (text) => {
    const started = await Product.start(text);
    await started.running.interrupt();
  },
  'OPENAI_API_KEY=… OPENAI_MODEL=gpt-4o-mini npm start': async (text) => {
    const lines = text.split('\n');
    expect(lines).toHaveLength(3);
    for (const [place, line] of lines.entries()) await startWithModel(line, place);
  },
};

describe('A newcomer', () => {
  it.each(Object.entries(NEWCOMER))('runs %s', (name, run) => run(textOf(name)));
});

let postgres: SystemPostgres;
let redis: RedisServer;
/** What the block of the README exports, for the commands that come after it. */
let production: Record<string, string>;

const role = (url: string) => url.replace('postgres@', 'gyeongdan@');
const inProduction = (text: string, values: [string | RegExp, string][] = [], code = 0) =>
  checkout.run(filled(text, values), production, code);
const sql = (text: string, database = 'gyeongdan') =>
  checkout.run(`psql -v ON_ERROR_STOP=1 -c "$STATEMENT" ${role(postgres.url(database))}`, {
    STATEMENT: text,
  });

/** Kakao itself is not to be reached from everywhere. */
const expectHealthy = (said: string) => expect(said).not.toMatch(/^FAIL +(?! |Kakao)/m);

const OPERATOR: Runs = {
  'QUEUE_URL=redis://localhost:6379 npm start': async (text) => {
    const started = await Product.start(filled(text, [['redis://localhost:6379', redis.url]]));
    await started.write(3);
    await started.running.interrupt();
  },
  'npm ci && npm run build': async (text) => {
    const [, names] = /export ([\s\S]*?)\nnpm/.exec(text)!;
    production = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://api.gyeongdan.kr',
      DATABASE_URL: role(postgres.url('gyeongdan')),
      QUEUE_URL: redis.url,
      JWT_PRIVATE_KEYS_FILE: 'jwt.pem',
      KAKAO_REST_API_KEY: '4f1c9a7be02d4d6c8a51',
      KAKAO_CLIENT_SECRET: 'Zk29vQpL7xTn4RbW8sYd',
      KAKAO_ADMIN_KEY: 'b81f6c2d9e0a47f3a5c1',
      KAKAO_APP_ID: '123456',
    };
    const values = [...names!.matchAll(/(\w+)=(\S*…)/g)].map(([assignment, name]): [string, string] => [
      assignment,
      `${name}=${production[name!]}`,
    ]);
    const ports = {
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
      DRAIN_SECONDS: '0',
    };
    const said = await checkout.run(filled(text, values), ports);
    expect(said).toContain('All migrations have been successfully applied.');
    expect(said).toContain('gateway is ready');
    expect(said).toContain('worker is ready');
    Object.assign(production, ports);
  },
  'npm run migrate': async (text) => {
    expect(await inProduction(text)).toContain('No pending migrations to apply.');
  },
  'npm run seed': async (text) => {
    expect(await inProduction(text)).toMatch(/Added \d+ publishers, \d+ questions and \d+ terms/);
  },
  'node dist/bin/server.js': async (text) => {
    expect(await inProduction(text)).toContain('gateway is ready');
  },
  'node --max-old-space-size=256 dist/bin/server.js': async (text) => {
    expect(await inProduction(text)).toContain('gateway is ready');
  },
  'node dist/bin/worker.js': async (text) => {
    expect(await inProduction(text)).toContain('worker is ready');
  },
  'npm run keys -- list': async (text) => {
    expect(await inProduction(text)).toMatch(/ signs\n/);
  },
  'npm run keys -- rotate': async (text) => {
    expect(await inProduction(text)).toMatch(/ signs since .*\n.* verifies; signed until /);
  },
  'docker run --rm --env-file .env gyeongdan npm run migrate': async (text) => {
    const settings = { ...production, JWT_PRIVATE_KEYS_FILE: '', JWT_PRIVATE_KEYS: inline(testSigningKey()) };
    const form = Object.entries(settings).reduce(
      (so, [name, value]) => so.replace(new RegExp(`^${name}=.*$`, 'm'), () => `${name}=${value}`),
      readFileSync(path.join(ROOT, '.env.example'), 'utf8'),
    );
    writeFileSync(path.join(checkout.path, '.env'), form);
    try {
      const said = await checkout.run(text);
      expect(said).toContain('No pending migrations to apply.');
      expect(said).toContain('gateway is ready');
      expect(said).toContain('worker is ready');
    } finally {
      writeFileSync(path.join(checkout.path, '.env'), '');
    }
  },
  'npm run migrate -- --rolled-back <name>': async (text) => {
    await failingMigration('nothing_left');
    await inProduction(text, [['<name>', 'nothing_left']]);
    expect(await inProduction('npm run migrate', [], 1)).toContain('nothing_left');
  },
  'npm run migrate -- --applied <name>': async (text) => {
    await inProduction(text, [['<name>', 'nothing_left']]);
    expect(await inProduction('npm run migrate')).toContain('No pending migrations to apply.');
  },
  "SET lock_timeout = '2s';": async (text) => void (await sql(text)),
  'SELECT * FROM "ScheduledTask" ORDER BY failures DESC, "nextRunAt"': async (text) => void (await sql(text)),
  'SELECT purpose, outcome, count(*), sum("costUsd"), sum("reservedUsd") FILTER (WHERE "costUsd" IS NULL) FROM "ModelCall" GROUP BY 1, 2':
    async (text) => void (await sql(text)),
  'pg_dump -Fc -f gyeongdan.dump "$DATABASE_URL"': async (text) => void (await inProduction(text)),
  "psql -c 'ALTER DATABASE gyeongdan RENAME TO before_restore' postgresql://…/postgres": async (text) => {
    const terms = 'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "EconomicTerm" t';
    const before = await sql(terms);
    const url: [string, string] = ['postgresql://…/postgres', role(postgres.url('postgres'))];
    // Its last line is the doctor's, who may not reach Kakao.
    const said = await inProduction(`${text} || true`, [url]);
    expect(said).toContain('No pending migrations to apply.');
    expectHealthy(said);
    expect(said).toMatch(/^ok +database/m);
    expect(await sql(terms)).toBe(before);
  },
  'SELECT "issueId", "subscriptionId" FROM "NewsletterDelivery" WHERE status = \'DOUBTFUL\'': async (text) =>
    void (await sql(text)),
  'UPDATE "NewsletterDelivery" SET status = \'WAITING\', "runId" = NULL WHERE status = \'DOUBTFUL\' AND "subscriptionId" = …':
    async (text) => void (await sql(text.replace('…', 'gen_random_uuid()'))),
  'DELETE FROM "User" WHERE "kakaoId" = …': async (text) => {
    expect(await sql(filled(text, [['…', "'2000006'"]]))).toContain('DELETE 0');
  },
  'DROP DATABASE before_restore': async (text) => void (await sql(text, 'postgres')),
};

const inline = (pem: string) => pem.trim().replaceAll('\n', '\\n');

async function failingMigration(name: string): Promise<void> {
  const folder = path.join(checkout.path, 'prisma/migrations', name);
  await checkout.run(`mkdir ${folder} && echo 'SELECT 1/0;' >${folder}/migration.sql`);
  expect(await inProduction('npm run migrate', [], 1)).toContain(name);
}

const isThere = redisServerPath() !== null && systemPostgresPath() !== null;
if (!isThere && !process.env.CI)
  process.stderr.write('skipped the commands of operators, because redis-server or postgresql is missing\n');

(isThere || process.env.CI ? describe : describe.skip)('An operator', () => {
  beforeAll(async () => {
    redis = await startRedis();
    postgres = await startSystemPostgres();
    await postgres.administer('CREATE ROLE gyeongdan LOGIN CREATEDB');
  });
  afterAll(async () => {
    await redis?.close();
    await postgres?.close();
  });

  it.each(Object.entries(OPERATOR))('runs %s', (name, run) => run(textOf(name)));
});

function textOf(name: string): string {
  return COMMANDS.find((command) => command.name === name)!.text;
}
