import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

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

  it('have maps to the sources', () => {
    const stack = `
      const { HTTPException } = require('vivace');
      try { new HTTPException(1); } catch (error) { return error.stack; }`;
    expect(printed(stack, '--enable-source-maps')).toMatch(
      /src[\\/]errors[\\/]http-exception\.ts:\d+/,
    );
  });
});
