import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Server } from 'vivace';
import type { Needs } from 'vivace/extend';
import { importModule } from '../project/application';
import type { Program } from '../project/load-application';
import type { Project } from '../project/project';

/** Where the classes of a program announce themselves, for all copies of the framework in a process. */
const ANNOUNCED = Symbol.for('vivace.types');
type Announced = readonly [id: string, type: Function];

type Inputs = Readonly<Record<string, Needs>>;
type Use = (inputs: object) => unknown;

/**
 * The words that a shell knows beside those of JavaScript. `run(UsersService)` gives what is
 * injected for it, `run({ users: UsersService }, ({ users }) => users.list())` uses it before it closes.
 */
export function wordsOf(
  { root, name }: Project,
  { app, compiled }: Program,
  server: Server,
): Readonly<Record<string, unknown>> {
  const { dependency } = createRequire(join(root, 'package.json'))(
    'vivace',
  ) as typeof import('vivace');
  return {
    ...classesOf(name),
    app,
    run: (needs: Needs | Inputs, use?: Use) =>
      server.run(
        use === undefined
          ? dependency({ it: needs as Needs }, ({ it }) => it)
          : dependency(needs as Inputs, use),
      ),
    load: (path: string) => importModule(compiled(resolve(path))),
  };
}

/** By name, those of the program before those of packages; what JavaScript has keeps its name. */
function classesOf(program: string): Readonly<Record<string, Function>> {
  const announced = (globalThis as { [ANNOUNCED]?: readonly Announced[] })[ANNOUNCED] ?? [];
  const isOwn = ([id]: Announced): boolean => id.startsWith(`${program}/`);
  const ordered = [...announced.filter((one) => !isOwn(one)), ...announced.filter(isOwn)];
  return Object.fromEntries(
    ordered
      .map(([id, type]) => [id.slice(id.lastIndexOf('#') + 1), type] as const)
      .filter(([name]) => !(name in globalThis)),
  );
}
