// Adds the optional platform packages a registry mirror lacks, so that `npm ci` accepts the lockfile everywhere.
import { readFileSync, writeFileSync } from 'node:fs';
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const OS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
  'aix',
];
const CPU = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32', 'mips64el'];
let added = 0;
for (const [path, pkg] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    let dir = path,
      found = false;
    for (;;) {
      if (lock.packages[`${dir ? dir + '/' : ''}node_modules/${name}`]) {
        found = true;
        break;
      }
      if (!dir) break;
      dir = dir.includes('/node_modules/') ? dir.slice(0, dir.lastIndexOf('/node_modules/')) : '';
    }
    if (found) continue;
    const words = name.split(/[/-]/),
      os = OS.find((o) => words.includes(o)),
      cpu = CPU.find((c) => words.includes(c));
    if (!os && !cpu) {
      console.error('unknown platform', name);
      continue;
    }
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...(pkg.dev && { dev: true }),
      ...(cpu && { cpu: [cpu] }),
      optional: true,
      ...(os && { os: [os === 'windows' ? 'win32' : os] }),
    };
    added++;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\n');
console.log('added', added);
