import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TestServer } from '../src/testing/server';
import { withDatabase } from '../src/opening/target';

const ROOT = join(__dirname, '../../..');
const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'shop',
    type: 'module',
    dependencies: { vivace: '*', '@vivace/sql': '*' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      experimentalDecorators: true,
      types: ['node'],
      skipLibCheck: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  }),
  'src/app.ts': `import { Vivace, type int } from 'vivace';
import { database, Entity, Id } from '@vivace/sql';

@Entity()
export class Chair {
  @Id() id!: int;
  name!: string;
}
export const app = new Vivace({ extensions: [database({ entities: [Chair] })], logger: false });
`,
  'src/seed.ts': `import { dependency } from 'vivace';
import { Session } from '@vivace/sql';
import { Chair } from './app.js';

export default dependency({ db: Session }, async ({ db }) => {
  await db.insert(Chair, { name: 'of the seed' });
});
`,
};

const psql = spawnSync('psql', ['--version']).error === undefined;
if (!psql) console.info('vivace db shell is not tried: there is no psql.');

describe('the command line', () => {
  const name = `commands_${process.pid}`;
  const place = mkdtempSync(join(realpathSync(tmpdir()), 'vivace-sql-'));
  let server: TestServer;

  /** Runs `vivace db …` in a project, with what is typed. */
  function db(args: readonly string[], input = '') {
    const { JEST_WORKER_ID: _, NODE_ENV: __, NODE_OPTIONS: ___, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'packages/cli/bin/vivace.js'), 'db', ...args],
      {
        cwd: place,
        input,
        encoding: 'utf8',
        env: { ...env, NO_COLOR: '1', DATABASE_URL: withDatabase(server.url, name) },
      },
    );
    return { status, text: stdout + stderr };
  }

  beforeAll(async () => {
    server = await TestServer.open();
    await server.run(`create database ${name}`);
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(place, file)), { recursive: true });
      writeFileSync(join(place, file), text);
    }
    const modules = join(ROOT, 'node_modules');
    mkdirSync(join(place, 'node_modules'));
    for (const each of readdirSync(modules))
      symlinkSync(join(modules, each), join(place, 'node_modules', each), 'junction');
  });
  afterAll(async () => {
    await server.drop(name);
    await server[Symbol.asyncDispose]();
    rmSync(place, { recursive: true, force: true });
  });

  it('fills the database by a script, and says where there is none', () => {
    expect(db(['seed', 'src/seed.ts'])).toMatchObject({ status: 0 });
    expect(db(['seed', 'src/none.ts'])).toMatchObject({
      status: 1,
      text: expect.stringContaining('There is no src/none.ts.'),
    });
  });

  (psql || process.env['CI'] !== undefined ? it : it.skip)('opens psql at the database', () => {
    expect(db(['shell'], 'select name from chair;\n')).toMatchObject({
      status: 0,
      text: expect.stringContaining('of the seed'),
    });
  });

  it('writes classes for what is there, and over nothing', () => {
    expect(db(['pull', 'src/pulled.ts'])).toMatchObject({ status: 0 });
    expect(readFileSync(join(place, 'src/pulled.ts'), 'utf8')).toContain('export class Chair {');
    expect(db(['pull', 'src/pulled.ts'])).toMatchObject({
      status: 1,
      text: expect.stringContaining('src/pulled.ts is there already.'),
    });
    expect(existsSync(join(place, 'src/entities.ts'))).toBe(false);
  });
});
