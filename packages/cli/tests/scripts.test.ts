import { folder } from './folder';
import { link } from './linked';
import { run } from './running';

const USERS = `import { Injectable } from 'vivace';

@Injectable({ lifetime: 'singleton' })
export class Users {
  readonly names = ['Ada'];
}
`;
const APP = `import { Controller, Get, Vivace } from 'vivace';
import { Users } from './users.js';

@Controller()
class Pages {
  constructor(private readonly users: Users) {}
  @Get('/')
  list(): string[] {
    return this.users.names;
  }
}

export const app = new Vivace({ controllers: [Pages] });
`;
const SEED = `import { parseArgs } from 'node:util';
import { dependency } from 'vivace';
import { Users } from './users.js';

const connection = dependency(async function* () {
  console.log('opened');
  yield 'connection';
  console.log('closed');
});

export default dependency({ users: Users, connection }, ({ users, connection }) => {
  const { values } = parseArgs({ options: { name: { type: 'string' } } });
  console.log(connection, users.names, values.name);
});
`;
const REPAIR = `import { dependency, type Server } from 'vivace';
import { Users } from './users.js';

const rename = (name: string) =>
  dependency({ users: Users }, ({ users }) => void users.names.push(name));
const count = dependency({ users: Users }, ({ users }) => users.names.length);

export default async function repair(server: Server): Promise<void> {
  for (const name of ['Grace', 'Alan']) await server.run(rename(name));
  console.log(await server.run(count));
  setInterval(() => {}, 1000);
}
`;

describe.each(['module', 'commonjs'])('a project of type %s', (type) => {
  const place = folder({
    'package.json': JSON.stringify({ name: 'shop', type }),
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
    'src/users.ts': USERS,
    'src/app.ts': APP,
    'src/seed.ts': SEED,
    'src/repair.ts': REPAIR,
    'src/fails.ts': "throw new Error('on purpose');\n",
    'src/nothing.ts': 'export const nothing = 1;\n',
  });
  beforeAll(() => link(place.path));
  afterAll(() => place[Symbol.dispose]());

  async function call(
    args: readonly string[],
    { typed = '', env = {} }: { typed?: string; env?: Readonly<Record<string, string>> } = {},
  ): Promise<{ readonly code: number | null; readonly text: string }> {
    await using running = run(place.path, args, env);
    running.process.stdin?.end(typed);
    return { code: await running.ended, text: running.output };
  }

  describe('vivace exec', () => {
    it('runs a dependency with what the application injects, and its arguments', async () => {
      const { text, code } = await call(['exec', 'src/seed.ts', '--name', 'Eve']);
      expect([code, text]).toEqual([0, "opened\nconnection [ 'Ada' ] Eve\nclosed\n"]);
    });

    it('runs a function, which has the server, and ends whatever it leaves open', async () =>
      expect(await call(['exec', 'src/repair.ts'])).toEqual({ code: 0, text: '3\n' }));

    it.each([
      ['src/lost.ts', 'error There is no file src/lost.ts.\n'],
      ['src/nothing.ts', expect.stringMatching(/^error src\/nothing\.ts has no default export\./)],
      ['src/fails.ts', expect.stringMatching(/on purpose\n +at .*src\/fails\.ts:1:7/)],
    ])('fails with what is wrong in %s', async (file, text) =>
      expect(await call(['exec', file])).toEqual({ code: 1, text }),
    );

    it('runs what was built in production', async () => {
      const env = { NODE_ENV: 'production' };
      expect((await call(['exec', 'src/seed.ts'], { env })).text).toContain('has not been built');
      expect((await call(['build'])).code).toBe(0);
      const { text, code } = await call(['exec', 'src/seed.ts', '--name', 'Eve'], { env });
      expect([code, text]).toEqual([0, "opened\nconnection [ 'Ada' ] Eve\nclosed\n"]);
    });
  });

  describe('vivace shell', () => {
    it('knows the application and its classes, and waits for promises', async () => {
      const typed = [
        '(await app.routes())[0].handler',
        'const users = await run(Users)',
        "users.names.push('Eve')",
        'await run({ users: Users }, ({ users }) => users.names)',
        "(await load('src/nothing.ts')).nothing",
        'await run(1)',
        "'the end'",
      ];
      const { text, code } = await call(['shell'], { typed: typed.join('\n') });
      expect(code).toBe(0);
      expect(text).toContain("'Pages.list'\n");
      expect(text).toContain("2\n[ 'Ada', 'Eve' ]\n1\n");
      expect(text).toMatch(/Uncaught[^]*'the end'\n$/);
    });
  });
});
