import { startEmbeddedPostgres } from '/tmp/wt/moving/src/dev/embedded-postgres/embedded-postgres';
import { migrateDatabase } from '/tmp/wt/moving/src/adapters/database/migrations';
void (async () => {
  const s = await startEmbeddedPostgres({ folder: '/tmp/scratch-moving/data', settings: { fsync: 'off' } });
  await s.ensureDatabase('target');
  await migrateDatabase(s.url('target'));
  console.log('URL', s.url('target'), s.pid);
  setInterval(() => {}, 1000);
})();
