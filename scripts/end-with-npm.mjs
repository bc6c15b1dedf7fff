import { execFileSync } from 'node:child_process';

/**
 * Sends this process SIGTERM when npm, which runs it as `npm run SCRIPT`, has ended however that ended. npm that is killed
 * tells its shell at most; what stayed behind would hold the ports and the data folder.
 */
export function endWithNpm(script) {
  const parent = process.ppid;
  const npm = process.env.npm_lifecycle_event === script ? behindShell(parent, script) : parent;
  const watch = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

/** The parent of the shell in which npm runs this script; where there is none, or no `ps`, `pid` itself. */
function behindShell(pid, script) {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
    const [, grandparent, command] = /^\s*(\d+)\s+(.*)/.exec(line);
    return command.includes(`scripts/${script}.mjs`) ? Number(grandparent) : pid;
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
