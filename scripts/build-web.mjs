// Brings examples/web up to date: installs its packages when its lock file has changed, builds when its sources have.
// Does nothing, and needs no network, when both are as they were.
import { fileURLToPath } from 'node:url';
import { ensure, INSTALL, INSTALLED } from './ensure.mjs';

export const WEB = fileURLToPath(new URL('../examples/web', import.meta.url));
const BUILT = [...INSTALLED, 'next.config.ts', 'tsconfig.json', 'persisted-documents.json', 'src'];

ensure(WEB, 'node_modules/.installed-from', INSTALLED, INSTALL);
ensure(WEB, '.next/built-from', BUILT, [process.execPath, ['node_modules/next/dist/bin/next', 'build']]);
