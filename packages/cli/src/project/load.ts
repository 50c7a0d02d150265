import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transpile } from '@vivace/compiler';
import { progress } from '../terminal/progress';
import { UserError } from '../terminal/user-error';
import { shown, type Entry } from './entry';
import type { Project } from './project';

/** What commands ask of an application; a project has its own copy of vivace. */
export interface Application {
  routes(): Promise<readonly RouteInfo[]>;
  openapi(view?: DocumentView): Promise<OpenAPIDocument>;
  explain(operation: string): Promise<string>;
}
export type { OpenAPIDocument } from 'vivace/openapi';
import type { DocumentView, OpenAPIDocument } from 'vivace/openapi';
import type { RouteInfo } from 'vivace';

/** Where the JavaScript of a project in development is. */
export const outDirOf = (project: Project): string => join(project.root, '.vivace', 'out');

/** The JavaScript that a file of the project becomes in development. */
export function compiledFile(project: Project, file: string): string {
  return join(outDirOf(project), relative(project.root, file)).replace(/\.([cm]?)tsx?$/, '.$1js');
}

/** Compiles a project and loads its application. Nothing listens. */
export async function loadApplication(project: Project, entry: Entry): Promise<Application> {
  if (entry.exported === undefined) {
    throw new UserError(
      `${shown(entry.file)} exports no application.`,
      "Export it: export const app = new Vivace({ … }), and listen elsewhere or with 'vivace dev'",
    );
  }
  checkInstalled(project);
  compile(project);
  process.chdir(project.root);
  const app = await exportOf(compiledFile(project, entry.file), entry.exported);
  if (isApplication(app)) return app;
  throw new UserError(
    `'${entry.exported}' of ${shown(entry.file)} is no application.`,
    'It has to be a new Vivace({ … }), or a function that gives one',
  );
}

/** What the compiler says is of the program: a trace of the compiler says nothing more. */
function compile(project: Project): void {
  using _progress = progress('compiling');
  try {
    transpile(project.root, outDirOf(project));
  } catch (cause) {
    throw new UserError((cause as Error).message, undefined, { cause });
  }
}

async function exportOf(file: string, exported: string): Promise<unknown> {
  process.setSourceMapsEnabled(true); // traces name what was written
  const { log, info } = console;
  // Standard output is for the result; what the program says while it is loaded is none.
  console.log = console.info = console.error;
  try {
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    const found =
      module[exported] ?? (module['default'] as Record<string, unknown> | undefined)?.[exported];
    return typeof found === 'function' && !isApplication(found)
      ? await (found as () => unknown)()
      : found;
  } finally {
    Object.assign(console, { log, info });
  }
}

function isApplication(value: unknown): value is Application {
  const methods: readonly (keyof Application)[] = ['routes', 'openapi', 'explain'];
  return (
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

function checkInstalled({ root }: Project): void {
  const paths = createRequire(join(root, 'package.json')).resolve.paths('vivace') ?? [];
  if (paths.some((path) => existsSync(join(path, 'vivace', 'package.json')))) return;
  throw new UserError(`vivace is not installed in ${root}.`, 'npm install');
}
