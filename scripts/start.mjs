// `npm start`: builds, then runs everything in this process, which ends with npm however that ends.
import { execFileSync } from 'node:child_process';
import './need-development-packages.cjs';

console.log('Compiling …');
await import('./build.mjs');

const parent = process.ppid;
const npm = process.env.npm_lifecycle_event === 'start' ? behindShell(parent) : parent;
// npm that is killed tells its shell at most; what stayed behind would hold the ports and the data folder.
const watch = setInterval(() => {
  if (process.ppid === parent && isAlive(npm)) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 250);
watch.unref();

await import('../dist/bin/dev.js');

/** The parent of the shell in which npm runs this script; where there is none, or no `ps`, `pid` itself. */
function behindShell(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
    const [, grandparent, command] = /^\s*(\d+)\s+(.*)/.exec(line);
    return command.includes('scripts/start.mjs') ? Number(grandparent) : pid;
  } catch {
    return pid;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
