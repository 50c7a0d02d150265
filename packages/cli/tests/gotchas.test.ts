import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = join(__dirname, '../bin/vivace.js');
const demo = join(__dirname, '../../../apps/demo');
/** Has a program that opens nothing before it listens. */
const bench = join(__dirname, '../../../apps/bench');

function vivace(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { NODE_ENV: _, ...own } = process.env;
  return spawnSync(process.execPath, [command, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...own, NO_COLOR: '1', ...env },
  });
}

describe('gotchas of the command line', () => {
  test('gotcha 25: explain says what happens to fields that a body does not declare', () => {
    expect(vivace(['explain', 'POST /members'], demo).stdout).toMatch(
      /^body +member +MemberIn, other fields are ignored$/m,
    );
  });

  test('gotcha 10: a wrong name of the application is answered with what there is', () => {
    const { status, stderr } = vivace(['routes', 'src/aap.ts'], demo);
    expect([status, stderr]).toEqual([
      1,
      'error There is no file src/aap.ts.\nhint  There is src/main.ts, src/app.ts.\n',
    ]);
    const empty = mkdtempSync(join(tmpdir(), 'vivace-empty-'));
    writeFileSync(join(empty, 'package.json'), '{}');
    expect(vivace(['routes'], empty).stderr).toContain('Name the file: vivace dev src/server.ts');
    rmSync(empty, { recursive: true });
  });

  test('gotcha 11: a port that is taken is answered with the process that holds it', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const program = ['run', 'dist/servers/quick.js', '--host', '127.0.0.1'];
    const { status, stderr } = vivace([...program, '--port', String(port)], bench);
    holder.close();
    expect(status).toBe(1);
    expect(stderr).toContain(`error Port ${port} of 127.0.0.1 is in use`);
    if (process.platform === 'linux')
      expect(stderr).toContain(`(${process.pid}): stop that process, or choose another port`);
  });

  test('gotcha 12: production does not watch files', () => {
    expect(vivace(['run', '--reload'], demo)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("unknown option '--reload'"),
    });
    expect(vivace(['dev'], demo, { NODE_ENV: 'production' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('vivace build && vivace run'),
    });
  });
});
