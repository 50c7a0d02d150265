import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const cwd = dirname(require.resolve('vivace/package.json'));

/** What a program prints, run by Node alone: the package as it is built. */
function printed(program: string, ...flags: readonly string[]): unknown {
  const script = `(async () => { ${program} })().then((seen) => console.log(JSON.stringify(seen)));`;
  const args = [...flags, '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }));
}

describe('The modules of the package in one file', () => {
  const SAME = `
    const asked = ['vivace', 'vivace/security', 'vivace/responses', 'vivace/middleware', 'vivace/settings', 'vivace/openapi', 'vivace/extend'];
    const differing = [];
    for (const name of asked) {
      const [required, imported] = [require(name), await import(name)];
      for (const key of Object.keys(required)) if (imported[key] !== required[key]) differing.push(name + ' ' + key);
    }
    return differing;`;
  it('are the same for require and import, name by name', () => {
    expect(printed(SAME)).toEqual([]);
  });

  it.each([[[]], [['--conditions=vivace-modules']]])(
    'are those of their own files, whichever is loaded first (%j)',
    (flags) => {
      const alone = `
        const early = require('./dist/responses/response.js').Response;
        const { JSONResponse, Response } = require('vivace/responses');
        const { HTTPException } = require('vivace');
        const late = require('./dist/errors/http-exception.js').HTTPException;
        return [early === Response, new JSONResponse({}) instanceof early, HTTPException === late];`;
      expect(printed(alone, ...flags)).toEqual([true, true, true]);
    },
  );

  it('load one file in place of hundreds', () => {
    // Those that Node has loaded itself know where packages are.
    const files = `
      require('vivace');
      const loaded = Object.values(require.cache).filter(({ paths }) => paths.length > 0);
      return loaded.filter(({ filename }) => /vivace.dist/.test(filename)).length;`;
    expect(printed(files)).toBeLessThan(10);
    expect(printed(files, '--conditions=vivace-modules')).toBeGreaterThan(100);
  });

  it('are written in ASCII: one other character would double the memory of the file', () => {
    const text = readFileSync(join(cwd, 'dist/bundle/modules.js'), 'latin1');
    expect(/[\u0080-\u00ff]/.exec(text)).toBeNull();
  });

  it('have maps to the sources', () => {
    const stack = `
      const { HTTPException } = require('vivace');
      try { new HTTPException(1); } catch (error) { return error.stack; }`;
    expect(printed(stack, '--enable-source-maps')).toMatch(
      /src[\\/]errors[\\/]http-exception\.ts:\d+/,
    );
  });
});

describe('class-validator comes in one file below the first import of what the compiler has seen', () => {
  const COMPILED = `require('vivace/reflect-metadata');`;
  const LOADED = `
    const others = Object.keys(require.cache).filter((file) => /node_modules.(validator|libphonenumber-js)\\W/.test(file));
    return [typeof validator.IsEmail, others.length > 0];`;

  it.each([
    ['required', `const validator = require('class-validator');`],
    ['imported', `const validator = await import('class-validator');`],
  ])('%s, it brings no other package', (_, load) => {
    expect(printed(COMPILED + load + LOADED)).toEqual(['function', false]);
    expect(printed(load + LOADED)).toEqual(['function', true]);
  });

  it('it stays unloaded where nobody asks for it', () => {
    const storage = `return globalThis.classValidatorMetadataStorage === undefined && !Object.keys(require.cache).some((file) => /class-validator-modules/.test(file));`;
    expect(printed(COMPILED + storage)).toBe(true);
  });

  it.each([
    ['loaded already', '', `const before = require('class-validator');`],
    ['of modules of their own', '--conditions=vivace-modules', 'const before = undefined;'],
  ])('a package that is %s stays what it is', (_, flag, load) => {
    const same = `${load} ${COMPILED}
      const { isEmail } = require('class-validator');
      const own = require(require.resolve('class-validator').replace('index.js', 'decorator/string/IsEmail.js'));
      return isEmail === own.isEmail && (before === undefined || before === require('class-validator'));`;
    expect(printed(same, ...(flag === '' ? [] : [flag]))).toBe(true);
  });

  it('it decides and says the same as the package', () => {
    const deeds = `
      const all = require('class-validator');
      const samples = ['', 'a', 'ABC', 'a@b.co', 'https://a.b/c', '192.168.0.1', '+41311111111', '{"a":1}', '4111111111111111', 'DE89370400440532013000',
        '1', '2024-02-30', 'ffeedd', '12.5', '9780306406157', 'Abc-123-def!', 'en', 'CHF', 0, 1, -1, 2.5, NaN, true, null, undefined, [], [1, 1], {}, { a: 1 }, new Date(0)];
      const outcome = (run) => { try { return run(); } catch (error) { return error.message; } };
      return Object.keys(all).sort().map((name) => {
        const value = all[name];
        if (typeof value !== 'function') return [name, value];
        if (/^(is|array|min|max|contains|equals|matches|length|not|object)/.test(name))
          return [name, ...samples.map((sample) => String(outcome(() => value(sample, 1))))];
        if (!/^(Is|Array|Min|Max|Length|Contains|Equals)/.test(name)) return [name];
        class Dto {}
        outcome(() => value(1)(Dto.prototype, 'field'));
        return [name, outcome(() => Object.values(all.validateSync(Object.assign(new Dto(), { field: 'x' }))[0]?.constraints ?? {}))];
      });`;
    const own = printed(deeds) as unknown[];
    expect(own.length).toBeGreaterThan(200);
    expect(printed(COMPILED + deeds)).toEqual(own);
  });
});
