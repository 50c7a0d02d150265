import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { transpile } from '@vivace/compiler';

/** The package that this replay belongs to. */
export const HOME = resolve(__dirname, '../..');

/** Programs that are ready to run. */
export interface Programs extends Disposable {
  /** The JavaScript module of a recording's program, if somebody wrote it. */
  moduleOf(id: string): string | undefined;
}

/** Our own programs, as the build left them. */
export function ownPrograms(): Programs {
  return { moduleOf: (id) => existing(join(HOME, 'dist', `${id}.js`)), [Symbol.dispose]: () => {} };
}

/** Programs of another folder, compiled in a copy inside this package so that they find its dependencies. */
export function otherPrograms(directory: string): Programs {
  const source = existsSync(join(directory, 'src')) ? join(directory, 'src') : directory;
  const workspaces = join(HOME, '.vivace');
  mkdirSync(workspaces, { recursive: true });
  const workspace = mkdtempSync(join(workspaces, 'programs-'));
  const remove = (): void => rmSync(workspace, { recursive: true, force: true });
  try {
    cpSync(source, workspace, {
      recursive: true,
      filter: (path) => path === source || !/^(node_modules|dist|\..*)$/.test(basename(path)),
    });
    writeFileSync(
      join(workspace, 'package.json'),
      JSON.stringify({ name: 'programs', private: true, type: 'commonjs' }),
    );
    writeFileSync(join(workspace, 'tsconfig.json'), JSON.stringify(settings));
    transpile(workspace, join(workspace, 'dist'));
  } catch (error) {
    remove();
    throw error;
  }
  return {
    moduleOf: (id) => existing(join(workspace, 'dist', `${id}.js`)),
    [Symbol.dispose]: remove,
  };
}

const settings = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: { composite: false, outDir: 'dist' },
  exclude: ['dist'],
};

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
