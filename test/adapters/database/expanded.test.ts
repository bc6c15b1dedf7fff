import { seedDatabase } from '../../../src/dev/seed';
import { UpdateEconomicTermDocument, UpdateFaqDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { PARITY_OPERATIONS, type ParityFacts } from '../../helpers/parity-operations';
import { addParityRecords } from '../../helpers/parity-records';

/** While a release is rolled out the one before runs on, with its connections, plans and prepared statements. */
describe('A gateway whose tables get one column more while it runs', () => {
  let app: TestApp;
  let facts: ParityFacts;
  const tokens: string[] = [];

  beforeAll(async () => {
    // Few connections, so that each has prepared every statement.
    app = await startTestApp({ environment: { DATABASE_CONNECTIONS: '2' } });
    await seedDatabase(app.context.database.prisma, new Date());
    for (const user of ['reader-1', 'admin']) tokens.push((await app.login(user)).accessToken);
    facts = await addParityRecords(app);
  });
  afterAll(() => app.close());

  /** The codes of all answers, by operation. */
  async function codes(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const { name, query, operationName, variables } of PARITY_OPERATIONS)
      for (const [n, token] of tokens.entries()) {
        const response = await fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query, operationName, variables: variables?.(facts) }),
        });
        const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
        found[`${name} ${n}`] = errors.map(({ extensions }) => extensions.code);
      }
    return found;
  }

  async function edit(): Promise<unknown[]> {
    const { prisma } = app.context.database;
    const [faq, term] = await Promise.all([
      prisma.faq.findFirstOrThrow(),
      prisma.economicTerm.findFirstOrThrow(),
    ]);
    const options = { token: tokens[1] };
    const changed = await app.send(UpdateFaqDocument, { id: faq.id, input: { answer: '바뀐 답' } }, options);
    const described = await app.send(
      UpdateEconomicTermDocument,
      { id: term.id, input: { description: '바뀐 설명' } },
      options,
    );
    return [...changed.errors, ...described.errors];
  }

  it('answers as before', async () => {
    for (let use = 0; use < 2; use += 1) expect(await edit()).toEqual([]);
    const before = await codes();
    const { pool } = app.context.database;
    const { rows } = await pool.query<{ name: string }>(
      `SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`,
    );
    expect(rows.length).toBeGreaterThan(30);
    for (const { name } of rows) await pool.query(`ALTER TABLE ${name} ADD COLUMN "addedLater" TEXT`);
    expect(await edit()).toEqual([]);
    expect(await codes()).toEqual(before);
    expect(Object.values(before).flat()).not.toContain('INTERNAL_SERVER_ERROR');
    expect(app.logs.filter((line) => line.includes('cached plan'))).toEqual([]);
  });
});
