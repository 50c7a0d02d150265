import type { Extension, Plan } from '../declare/extension';
import { provide, type Provision } from '../declare/provide';
import { factsOf } from '../declare/value-facts';
import { Rooms } from '../declare/context-classes';
import type { VivaceOptions } from '../declare/options/vivace-options';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Entries, Opened } from '../model/app-options';
import { nameOf } from '../model/classes';
import type { AppDeclaration } from './declaration';

/**
 * Puts what extensions add into what an application has recorded, so that nothing else has to know
 * of them: outside what the program says, or after it.
 *
 * @param env the variables that settings are read from
 * @throws BootError EXTENSION_VALUE, EXTENSION_CONFLICT
 */
export function withExtensions(recorded: AppDeclaration, env: Plan['env']): AppDeclaration {
  const { options, inclusions, handlers, middleware, plugins } = recorded;
  const { extensions: given = [] } = options;
  if (given.length === 0) return recorded;
  checkValues(given);
  const extensions = ranked(given, env);
  checkConflicts(extensions);
  for (const { beside } of extensions) beside?.(extensions);
  return {
    ...recorded,
    options: {
      ...options,
      extensions,
      provide: [...extensions.flatMap(provisionsOf), ...(options.provide ?? [])],
      health: healthOf(options, extensions),
    },
    inclusions: [
      ...inclusions,
      ...extensions.map(({ name, controllers = [] }) => ({
        controllers,
        prefix: '',
        options: {},
        extension: name,
      })),
    ],
    handlers: [
      ...extensions.flatMap(({ mounts = [] }) =>
        mounts.map(({ path, handler, options = {} }) => ({ path, handler, options })),
      ),
      ...handlers,
    ],
    middleware: [...extensions.flatMap((extension) => extension.middleware ?? []), ...middleware],
    plugins: [
      ...extensions.flatMap(({ plugin }) =>
        plugin === undefined ? [] : [{ plugin, options: undefined, hidden: true }],
      ),
      ...plugins,
    ],
  };
}

/** Of the extensions that give a store or rooms, those of the highest rank keep them. */
function ranked(extensions: readonly Extension[], env: Plan['env']): readonly Extension[] {
  const rankOf = ({ rank }: Extension) => (rank === undefined ? 0 : rank(env));
  const gives = ({ store, rooms }: Extension) => store !== undefined || rooms !== undefined;
  const highest = Math.max(...extensions.filter(gives).map((one) => rankOf(one) ?? -Infinity));
  return extensions.map((one) => {
    if (!gives(one) || rankOf(one) === highest) return one;
    const { store: _, rooms: __, ...rest } = one;
    return rest;
  });
}

/** What extensions open with the server. */
export function openedBy(extensions: readonly Extension[]): readonly Opened[] {
  return extensions.flatMap(({ name, singletons = [] }) =>
    singletons.map((needs, index) => ({ needs, where: placeOf(name, `singletons[${index}]`) })),
  );
}

/** Where middleware keeps its data that names no store. */
export function storeOf(extensions: readonly Extension[]): Opened | undefined {
  const [found] = extensions.flatMap(({ name, store }) =>
    store === undefined ? [] : [{ needs: store, where: placeOf(name, 'store') }],
  );
  return found;
}

/** The classes in which extensions look for entry points. */
export function entriesOf(extensions: readonly Extension[]): readonly Entries[] {
  return extensions.flatMap(({ name, entries = [] }) =>
    entries.map((type, index) => ({
      type,
      extension: name,
      where: placeOf(name, `entries[${index}]`),
    })),
  );
}

function placeOf(extension: string, parameter?: string): Where {
  const member = `extension '${extension}'`;
  return parameter === undefined ? { member } : { member, parameter };
}

function provisionsOf({ provide: provisions = [], rooms }: Extension): readonly Provision[] {
  return rooms === undefined ? provisions : [...provisions, provide(Rooms, rooms)];
}

/** A check of the program's own counts in the place of one that has its name. */
function healthOf(
  { health = true }: VivaceOptions,
  extensions: readonly Extension[],
): NonNullable<VivaceOptions['health']> {
  if (health === false) return false;
  const asked = health === true ? {} : health;
  const added = extensions.map((extension) => extension.health);
  return { ...asked, checks: Object.assign({}, ...added, asked.checks) };
}

/** A function has a name as an extension has, so that types let it pass. */
function checkValues(extensions: readonly unknown[]): void {
  const index = extensions.findIndex((extension) => typeof extension !== 'object');
  if (index < 0) return;
  throw new BootError(
    'EXTENSION_VALUE',
    { member: `extensions[${index}]` },
    `This is ${nameOf(extensions[index])}, not an extension.`,
    'the extension that it gives: extensions: [database({ entities })]',
  );
}

/** The last one would silently take what the others wanted. */
function checkConflicts(extensions: readonly Extension[]): void {
  const wanted = new Map<unknown, string>();
  for (const extension of extensions) {
    for (const [what, called] of wantedBy(extension)) {
      const other = wanted.get(what);
      wanted.set(what, extension.name);
      if (other === undefined) continue;
      throw new BootError(
        'EXTENSION_CONFLICT',
        placeOf(extension.name),
        other === extension.name
          ? `Two extensions have the name '${other}'.`
          : `The extension '${other}' ${called} too.`,
        'one of the two in `extensions`',
      );
    }
  }
}

/** What no two extensions can have, and how it is said that one has it. */
function wantedBy(extension: Extension): readonly (readonly [what: unknown, called: string])[] {
  const { name, store, health = {} } = extension;
  return [
    [`name ${name}`, ''],
    ...(store === undefined ? [] : [['store', 'gives the store'] as const]),
    ...Object.keys(health).map(
      (check) => [`check ${check}`, `has a health check '${check}'`] as const,
    ),
    ...provisionsOf(extension).flatMap((provision) => {
      const facts = factsOf(provision);
      return facts?.kind === 'provision'
        ? [[facts.target, `provides ${nameOf(facts.target)}`] as const]
        : [];
    }),
  ];
}
