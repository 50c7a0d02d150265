import { pathToFileURL } from 'node:url';
import { folder } from '../../tests/folder';
import { missingImport } from './missing-import';
import { printError } from './print-error';

/** What is written about something that was thrown. */
function told(thrown: unknown): string {
  const write = jest.spyOn(console, 'error').mockImplementation(() => {});
  printError(thrown);
  const text = write.mock.calls.flat().join('\n');
  write.mockRestore();
  return text;
}

/** As Node throws it for an import of an ES module. */
const notFound = (message: string, url?: string): Error =>
  Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND', url });

describe('an error of the program', () => {
  it('is shown with its trace, without the frames of what loads it', () => {
    const thrown = new Error('broken');
    thrown.stack = [
      'Error: broken',
      '    at <anonymous> (/shop/src/app.ts:28:7)',
      '    at ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
      '    at async serve (/shop/node_modules/@vivace/cli/src/run/serve.ts:25:19)',
    ].join('\n');
    expect(told(thrown)).toBe('Error: broken\n    at <anonymous> (/shop/src/app.ts:28:7)');
  });

  it('is shown with its own frames alone, without those of packages and of Node', () => {
    const thrown = new Error('broken');
    thrown.stack = [
      'Error: broken',
      '    at Client.connect (/shop/node_modules/driver/client.js:3:4)',
      '    at connect (file:///shop/src/db.ts:3:7)',
      '    at new Promise (<anonymous>)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ].join('\n');
    expect(told(thrown)).toBe('Error: broken\n    at connect (file:///shop/src/db.ts:3:7)');
  });

  it('without a frame of the program is shown with those of packages', () => {
    const thrown = new Error('broken');
    thrown.stack = [
      'Error: broken',
      '    at Client.connect (/shop/node_modules/driver/client.js:3:4)',
      '    at ModuleJob.run (node:internal/modules/esm/module_job:561:25)',
    ].join('\n');
    expect(told(thrown)).toBe(
      'Error: broken\n    at Client.connect (/shop/node_modules/driver/client.js:3:4)',
    );
  });

  it('keeps what it says beside its message', () =>
    expect(told(Object.assign(new Error('broken'), { code: 'E1' }))).toContain("code: 'E1'"));

  it('that is no Error is called so', () =>
    expect(told('text')).toBe("error 'text' was thrown, which is no Error."));
});

describe('an import that leads nowhere', () => {
  it('to a file is told by the source', () => {
    const [by, to] = ['/shop/.vivace/out/src/app.js', '/shop/.vivace/out/src/items.js'];
    const error = notFound(
      `Cannot find module '${to}' imported from ${by}`,
      pathToFileURL(to).href,
    );
    expect(missingImport(error, '/shop')?.message).toBe(
      'src/app.ts imports src/items.ts, which is not there.',
    );
  });

  it('to a package is told with what installs it', () => {
    const error = missingImport(
      notFound("Cannot find package '@scope/pg' imported from /shop/.vivace/out/src/app.js"),
      '/shop',
    );
    expect(error?.message).toBe('src/app.ts imports @scope/pg, which is not installed.');
    expect(error?.advice).toBe('npm install @scope/pg');
  });

  it('of a CommonJS program is told too', () => {
    const thrown = Object.assign(
      new Error("Cannot find module 'no-such-package/part'\nRequire stack:\n- /shop/dist/app.js"),
      {
        code: 'MODULE_NOT_FOUND',
        requireStack: ['/shop/dist/app.js'],
      },
    );
    expect(missingImport(thrown, '/shop')).toMatchObject({
      message: 'dist/app.js imports no-such-package/part, which is not installed.',
      advice: 'npm install no-such-package',
    });
  });

  it('is not installed where it is only a path of the checker', () => {
    using place = folder({
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./src/lib/*"] } } }',
    });
    const error = missingImport(
      notFound(`Cannot find package '@lib/word.js' imported from ${place.path}/dist/app.js`),
      place.path,
    );
    expect(error?.message).toBe(
      "dist/app.js imports @lib/word.js by 'paths' of tsconfig.json, which only the checker reads.",
    );
  });

  it('is not every error', () =>
    expect(missingImport(new Error("Cannot find module 'x' imported from y"))).toBeUndefined());
});
