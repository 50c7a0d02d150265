import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../terminal/user-error';
import type { Project } from './project';

/** Where an application is found. */
export interface Entry {
  /** The TypeScript file. */
  readonly file: string;
  /** The name of its export. Undefined for a program that calls `listen` itself. */
  readonly exported: string | undefined;
}

const FILES = ['src/main.ts', 'src/app.ts', 'main.ts', 'app.ts'];
const EXPORTS = ['app', 'default', 'createApp'];

/**
 * Finds the application of a project: the file that was named (`src/app.ts`, `src/app.ts:shop`),
 * else `vivace.entrypoint` of its
 * package.json, else the first of the usual files that exports one.
 */
export function findEntry(
  project: Project,
  named: string | undefined = project.settings.entrypoint,
): Entry {
  if (named !== undefined) return namedEntry(project, named);
  const files = FILES.map((name) => join(project.root, name)).filter((file) => existsSync(file));
  for (const file of files) {
    const exported = exportOf(file);
    if (exported !== undefined) return { file, exported };
  }
  const [program] = files;
  if (program !== undefined) return { file: program, exported: undefined };
  throw new UserError(
    `No application was found in ${project.root}: there is no ${FILES.join(', ')}.`,
    'Name the file: vivace dev src/server.ts, or write { "vivace": { "entrypoint": "src/server.ts" } } into package.json',
  );
}

function namedEntry(project: Project, named: string): Entry {
  const [, path = named, exported] = /^(.*\.[cm]?[jt]sx?)(?::([\w$]+))?$/.exec(named) ?? [];
  const file = [resolve(project.root, path), resolve(path)].find((candidate) =>
    existsSync(candidate),
  );
  if (file === undefined || !/\.[cm]?[jt]sx?$/.test(file)) {
    const near = FILES.filter((name) => existsSync(join(project.root, name)));
    const seen =
      file === undefined ? `There is no file ${path}.` : `${path} is no TypeScript file.`;
    throw new UserError(
      seen,
      near.length > 0 ? `There is ${near.join(', ')}.` : 'Such as src/app.ts, or src/app.ts:app',
    );
  }
  return { file, exported: exported ?? exportOf(file) };
}

/** Finds the export that is an application by the text of the file, without running it. */
function exportOf(file: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  return EXPORTS.find((name) => patternOf(name).test(text));
}

function patternOf(name: string): RegExp {
  // `dist/app.js` may be CommonJS, as tsc writes it.
  const commonJs = `^(?:module\\.)?exports\\.${name}\\s*=`;
  if (name === 'default') return new RegExp(`^export\\s+default\\b|${commonJs}`, 'm');
  return new RegExp(
    `^export\\s+(?:const|let|async\\s+function|function)\\s+${name}\\b|^export\\s*\\{[^}]*\\b${name}\\b[^}]*\\}|${commonJs}`,
    'm',
  );
}
