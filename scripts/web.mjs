// `npm run web`: the web client of examples/web on port 3000, against the gateway of `npm start` or GATEWAY_URL.
import { spawn } from 'node:child_process';
import { WEB } from './build-web.mjs';

const port = process.env.WEB_PORT ?? '3000';
const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', port], {
  cwd: WEB,
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => (process.exitCode = code ?? 0));
