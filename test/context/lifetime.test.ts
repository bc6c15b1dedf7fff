import { createGatewayContext } from '../../src/context/gateway';
import { Lifetime } from '../../src/context/lifetime';
import { createSharedContext } from '../../src/context/shared';
import { startGateway } from '../../src/http/gateway';
import { startTestApp } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';

describe('What a process has opened', () => {
  const closedBy = async (...failing: string[]) => {
    const opened = new Lifetime();
    const closed: string[] = [];
    for (const name of ['database', 'queue', 'server'])
      opened.onClose(async () => {
        closed.push(name);
        if (failing.includes(name)) throw new Error(`${name} hangs on`);
      });
    const failure = await opened.close().catch((error: Error) => error.message);
    return { opened, closed, failure };
  };

  it('is closed in reverse, once', async () => {
    const { opened, closed, failure } = await closedBy();
    expect(closed).toEqual(['server', 'queue', 'database']);
    expect(failure).toBeUndefined();
    await opened.close();
    expect(closed).toHaveLength(3);
  });

  it('is closed although something else fails to close, which is told', async () => {
    const { closed, failure } = await closedBy('server', 'queue');
    expect(closed).toEqual(['server', 'queue', 'database']);
    expect(failure).toBe('server hangs on');
  });
});

describe('A start that fails', () => {
  it('leaves no connection behind: here the port is taken', async () => {
    const app = await startTestApp();
    const { config, logger, database } = app.context;
    const connections = async () => {
      const { rows } = await database.pool.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
      );
      return rows.length;
    };
    const before = await connections();
    const opened = new Lifetime();
    const context = createGatewayContext(createSharedContext({ config, logger, opened }), opened);
    await context.database.pool.query('SELECT 1');
    expect(await connections()).toBeGreaterThan(before);
    await expect(startGateway(context)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await opened.close();
    await waitUntil('its connections are closed', async () => (await connections()) <= before);
    await app.close();
  });
});
