import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** The process that listens on a port of this machine, such as `node server.js (4711)`; undefined where that cannot be known. */
export function holderOf(port: number): string | undefined {
  try {
    return process.platform === 'linux' ? byProc(port) : byLsof(port);
  } catch {
    return undefined;
  }
}

const LISTENING = '0A';

function byProc(port: number): string | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8').split('\n').slice(1),
  );
  const inodes = lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(wanted) && state === LISTENING)
    .map((columns) => `socket:[${columns[9]}]`);
  const pid = readdirSync('/proc').find(
    (name) => /^\d+$/.test(name) && inodes.some((inode) => holds(name, inode)),
  );
  return pid === undefined
    ? undefined
    : `${commandOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))} (${pid})`;
}

/** The program and what it runs, such as `node server.js`: Node calls its own thread MainThread. Other words may be secrets. */
function commandOf(words: string): string {
  const [program = '', ...rest] = words.split('\0');
  const script = rest.find((word) => !word.startsWith('-')) ?? '';
  const file = /^[\w/][\w./-]*$/.test(script) ? [script] : [];
  return [program.split(':')[0]!, ...file].map((path) => basename(path)).join(' ');
}

function holds(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      (descriptor) => readlinkSync(`/proc/${pid}/fd/${descriptor}`) === inode,
    );
  } catch {
    // Of another user, or gone by now.
    return false;
  }
}

function byLsof(port: number): string | undefined {
  const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
    timeout: 2000,
  });
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(text) ?? [];
  return pid === undefined ? undefined : `${name} (${pid})`;
}
