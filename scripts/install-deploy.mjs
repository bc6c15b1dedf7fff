// Installs the packages of deploy/ when its lock file has changed.
import { fileURLToPath } from 'node:url';
import { ensure, INSTALL, INSTALLED } from './ensure.mjs';

ensure(
  fileURLToPath(new URL('../deploy', import.meta.url)),
  'node_modules/.installed-from',
  INSTALLED,
  INSTALL,
);
