import { startTestApp } from '../../helpers/app';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';
import { openDatabase } from '../../../src/adapters/database/database';
import { asAppError } from '../../../src/adapters/database/database-errors';
import { createLogger } from '../../../src/logger';

const ROLE = 'without_rights';

/** The address with another part. */
function changed(url: string, parts: Partial<Pick<URL, 'username' | 'password' | 'pathname'>>): string {
  return Object.assign(new URL(url), parts).href;
}

describe('a database that is set up wrongly', () => {
  let migrated: TestDatabase;
  let empty: TestDatabase;

  beforeAll(async () => {
    [migrated, empty] = await Promise.all([createTestDatabase(), createTestDatabase('template0')]);
    await asked(migrated.url, ({ pool }) => pool.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD 'p'`));
  });
  afterAll(async () => {
    await asked(migrated.url, ({ pool }) => pool.query(`DROP ROLE ${ROLE}`));
    await migrated.drop();
    await empty.drop();
  });

  async function asked<T>(url: string, ask: (database: ReturnType<typeof openDatabase>) => Promise<T>) {
    const logger = createLogger({ level: 'silent', pretty: false });
    const database = openDatabase({ url, connections: 1, logger });
    try {
      return await ask(database);
    } finally {
      await database.close();
    }
  }

  const FAULTS: [name: string, url: () => string, isSignIn: boolean][] = [
    ['a wrong password', () => changed(migrated.url, { password: 'wrong' }), true],
    ['a role that does not exist', () => changed(migrated.url, { username: 'nobody_here' }), true],
    ['a database that does not exist', () => changed(migrated.url, { pathname: '/nothing_here' }), true],
    ['no migration', () => empty.url, false],
    ['a role without rights', () => changed(migrated.url, { username: ROLE, password: 'p' }), false],
  ];

  it.each(FAULTS)(
    'is told to readers as one that is away, and why to the log: %s',
    async (_, url, isSignIn) => {
      const app = await startTestApp({ databaseUrl: url() });
      try {
        const { errors } = await app.query(
          '{ articles(first: 1) { totalCount edges { node { id } } } faqs { id } }',
        );
        expect(errors.map(({ extensions }) => extensions.code)).not.toEqual([]);
        for (const { extensions } of errors)
          expect(extensions).toEqual({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
        const lines = app.logs.map(
          (line) => JSON.parse(line) as { level: number; msg: string; error?: unknown },
        );
        const told = lines.filter(({ msg }) => msg === (isSignIn ? 'an upstream is away' : 'a field failed'));
        expect(told).not.toEqual([]);
        for (const { level, error } of told)
          expect([level, error]).toEqual([isSignIn ? 40 : 50, expect.anything()]);
      } finally {
        await app.close();
      }
    },
  );

  it.each(FAULTS)('is known in SQL of our own and through Prisma: %s', async (_, url) => {
    const codes = await asked(url(), ({ pool, prisma }) =>
      Promise.all(
        [
          () => pool.query('SELECT "termKey" FROM "EconomicTerm"'),
          () => prisma.economicTerm.findFirst(),
          () => prisma.$queryRaw`SELECT "termKey" FROM "EconomicTerm"`,
          () => prisma.$transaction((tx) => tx.economicTerm.create({ data: NEW_TERM })),
        ].map((ask) =>
          Promise.resolve(ask()).then(
            () => null,
            (error: unknown) => asAppError(error).code,
          ),
        ),
      ),
    );
    expect(codes).toEqual(Array(4).fill('UPSTREAM_UNAVAILABLE'));
  });

  it('is one that lacks a column too', async () => {
    const codes = await asked(migrated.url, ({ pool, prisma }) =>
      Promise.all(
        [
          () => pool.query('SELECT "ofALaterRelease" FROM "EconomicTerm"'),
          () => prisma.$queryRaw`SELECT "ofALaterRelease" FROM "EconomicTerm"`,
        ].map((ask) =>
          Promise.resolve(ask()).then(
            () => null,
            (error: unknown) => asAppError(error).code,
          ),
        ),
      ),
    );
    expect(codes).toEqual(Array(2).fill('UPSTREAM_UNAVAILABLE'));
  });
});

const NEW_TERM = { term: '금리', termKey: '금리', description: '돈의 값', example: null, aliases: [] };
