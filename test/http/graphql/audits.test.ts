import { auditServer, type AuditFail } from 'graphql-http';
import { startTestApp, type TestApp } from '../../helpers/app';

describe('GraphQL over HTTP', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('is spoken as the specification demands: its audits find no error', async () => {
    const results = await auditServer({ url: `${app.url}/graphql` });
    const failed = results.filter((result): result is AuditFail => result.status !== 'ok');
    const count = (status: string) => results.filter((result) => result.status === status).length;
    const said = failed.map(({ status, id, name, reason }) => `${status} ${id}: ${name} (${reason})`);
    // What it only recommends or notices is told, not demanded.
    process.stdout.write(
      `${[`audits: ${results.length}, ok: ${count('ok')}, notices: ${count('notice')}, warnings: ${count('warn')}, errors: ${count('error')}`, ...said].join('\n  ')}\n`,
    );
    expect(results.length).toBeGreaterThanOrEqual(60);
    expect(failed.filter(({ status }) => status === 'error').map(({ id, name }) => `${id}: ${name}`)).toEqual(
      [],
    );
  });
});
