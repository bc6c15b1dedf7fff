// `npm run web`: the web client of examples/web on port 3000, against the gateway of `npm start` or GATEWAY_URL.
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { endWithNpm } from './end-with-npm.mjs';

const HOST = '127.0.0.1';
const port = process.env.WEB_PORT || '3000';
const gatewayUrl = process.env.GATEWAY_URL || 'http://localhost:4000';

endWithNpm('web');
// Before a minute goes into building.
await claim(port);
const { WEB } = await import('./build-web.mjs');
fetch(`${gatewayUrl}/health/live`).catch(() =>
  console.log(`No gateway answers at ${gatewayUrl} yet: npm start in another terminal starts it.`),
);

process.chdir(WEB);
Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
const next = path.join(WEB, 'node_modules/next/dist/bin/next');
process.argv.splice(1, Infinity, next, 'start', '--hostname', HOST, '--port', port);
console.log(`The web client: http://localhost:${port} (Ctrl-C stops it)`);
await import(next);

/** Ends the process when the port is taken. */
async function claim(port) {
  const probe = createServer();
  try {
    await once(probe.listen(Number(port), HOST), 'listening');
  } catch (error) {
    console.error(
      `Port ${port} cannot be used (${error.code}). WEB_PORT=3001 npm run web takes another one.`,
    );
    process.exit(1);
  }
  probe.close();
}
