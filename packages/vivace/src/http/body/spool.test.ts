import { mkdtempDisposableSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spool } from './spool';

/** The files of a folder that this process holds open, also those without a name. */
function openIn(folder: string): number {
  const handles = process.platform === 'linux' ? readdirSync('/proc/self/fd') : [];
  return handles.filter((handle) => {
    try {
      return readlinkSync(`/proc/self/fd/${handle}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

const large = Buffer.alloc(2 * 1024 * 1024);

test('what does not fit into memory is in a file without a name until the spool is closed', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'spool-'));
  const spool = new Spool(folder.path);
  await spool.write(large);
  expect(readdirSync(folder.path)).toEqual([]);
  expect((await spool.bytes()).equals(large)).toBe(true);
  await spool.close();
  expect(openIn(folder.path)).toBe(0);
});

test('a file that is just being opened when the request ends is closed with it', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'spool-'));
  const spool = new Spool(folder.path);
  const writing = spool.write(large);
  await spool.close();
  expect(openIn(folder.path)).toBe(0);
  await writing.catch(() => undefined);
});

test('bytes that come after the end of the request open no file', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'spool-'));
  const spool = new Spool(folder.path);
  await spool.close();
  await spool.write(large);
  expect([openIn(folder.path), spool.size]).toEqual([0, 0]);
});
