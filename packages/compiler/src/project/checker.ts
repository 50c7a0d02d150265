import type {
  Checker,
  IndexInfo,
  NodeHandle,
  Project,
  Signature,
  Symbol,
  Type,
  TypeReference,
} from 'typescript/unstable/sync';
import type { Node, SourceFile, TypeNode } from 'typescript/unstable/ast';
import { quietChecker } from './quiet-checker';

export type {
  Checker,
  IndexInfo,
  Node,
  NodeHandle,
  Project,
  Signature,
  SourceFile,
  Symbol,
  Type,
  TypeNode,
  TypeReference,
};

/** The one file that meets TypeScript's API. It is called `typescript/unstable/sync` in 7.0 and `typescript/sync` from 7.1 on. */
const api = load<typeof import('typescript/unstable/sync')>(
  'typescript/unstable/sync',
  'typescript/sync',
);
const ast = load<typeof import('typescript/unstable/ast')>(
  'typescript/unstable/ast',
  'typescript/ast',
);

export const {
  ElementFlags,
  NodeBuilderFlags,
  ObjectFlags,
  SignatureKind,
  SymbolFlags,
  TypeFlags,
} = api;
export const { isTypeNode, SyntaxKind } = ast;

function load<T>(...names: readonly string[]): T {
  for (const name of names) {
    try {
      return require(name) as T;
    } catch (error) {
      if (
        !['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(
          (error as NodeJS.ErrnoException).code ?? '',
        )
      )
        throw error;
    }
  }
  // Commands that read no types work without; the others are told by `openProject`.
  return new Proxy({}, { get: () => ({}) }) as T;
}

/** A project that was opened; close it, for it is a process of its own. */
export interface OpenProject extends Disposable {
  /** As the files are now, or were at the last update. */
  readonly project: Project;
  readonly version: string;
  /** Reads the files again that were changed since. */
  update(files: {
    readonly changed: readonly string[];
    readonly created: readonly string[];
    readonly deleted: readonly string[];
  }): void;
}

/** Starts the checker on a tsconfig file. */
export function openProject(configFile: string, directory: string): OpenProject {
  if (typeof api.API !== 'function') {
    throw new Error(
      'There is no type checker: install TypeScript 7.0 or newer (npm install --save-dev typescript).',
    );
  }
  const tsserverPath = quietChecker(directory);
  const compiler = new api.API({
    cwd: directory,
    ...(tsserverPath !== undefined && { tsserverPath }),
  });
  try {
    let snapshot = compiler.updateSnapshot({ openProjects: [configFile] });
    const found = (): Project => {
      const project =
        snapshot.getProjects().find((each) => each.configFileName === configFile) ??
        snapshot.getProjects()[0];
      if (!project) throw new Error(`TypeScript could not open ${configFile}.`);
      return project;
    };
    let project = found();
    const { version } = require('typescript/package.json') as { version: string };
    return {
      version,
      get project() {
        return project;
      },
      update: ({ changed, created, deleted }) => {
        const before = snapshot;
        snapshot = compiler.updateSnapshot({
          openProjects: [configFile],
          fileChanges: { changed: [...changed], created: [...created], deleted: [...deleted] },
        });
        project = found();
        before.dispose();
      },
      [globalThis.Symbol.dispose]: () => close(compiler),
    };
  } catch (error) {
    close(compiler);
    throw error;
  }
}

/** Its process may be gone before, by the signal that ends this one too. */
function close(compiler: { close(): void }): void {
  try {
    compiler.close();
  } catch {
    // There is nothing left to close.
  }
}
