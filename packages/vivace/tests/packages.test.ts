import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

/** What a program loads, run by Node alone: the package as it is built. */
function loadedBy(program: string): { packages: Set<string>; builtIn: Set<string> } {
  const script = `(async () => {
    ${program};
    process.stdout.write(JSON.stringify([Object.keys(require.cache), process.moduleLoadList]));
  })()`;
  const cwd = dirname(require.resolve('vivace/package.json'));
  const output = execFileSync(process.execPath, ['-e', script], { cwd, encoding: 'utf8' });
  const [files, builtIn] = JSON.parse(output) as [string[], string[]];
  const packages = files.map(
    (file) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? '',
  );
  return { packages: new Set(packages), builtIn: new Set(builtIn) };
}

describe('What most programs do not use is loaded when it is used', () => {
  const imported = loadedBy("require('vivace')");

  it.each([
    'class-validator',
    'validator',
    'libphonenumber-js',
    'yaml',
    'piscina',
    'ws',
    '@fastify/websocket',
    '@fastify/busboy',
    'mime-types',
    'jose',
    '@node-rs/argon2',
  ])('an import of vivace does not load %s', (name) => {
    expect(imported.packages).toContain('fastify');
    expect(imported.packages).not.toContain(name);
  });

  it('nor does an application that answers, before somebody wants its document', () => {
    const { packages } = loadedBy(`
      const { Vivace } = require('vivace');
      const app = new Vivace({ types: 'decorators', logger: false });
      app.plugin(async (fastify) => void fastify.get('/plain', { schema: { hide: true } }, () => 1));
      const server = await app.build();
      const { statusCode } = await server.fastify.inject('/plain');
      if (statusCode !== 200) throw new Error(String(statusCode));`);
    expect(packages).toContain('fastify');
    expect([...packages].filter((name) => /yaml|swagger|json-schema-resolver/.test(name))).toEqual(
      [],
    );
  });

  it('nor all that Node has for fetch()', () => {
    expect(imported.builtIn).toContain('NativeModule http');
    expect(imported.builtIn).not.toContain('NativeModule internal/deps/undici/undici');
  });
});
