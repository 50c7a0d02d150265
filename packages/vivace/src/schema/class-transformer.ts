import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Class } from '../declare/class';
import type { FieldTransform, ObjectSchema, Schema } from './schema';
import { taggedBy } from './union';

/** What class-transformer's decorators say about the fields of a class. */
export interface Transforming {
  readonly fields: ReadonlyMap<string, FieldTransforming>;
  /** Fields with `@Expose`, getters too. */
  readonly exposed: ReadonlySet<string>;
  /** Fields of which something counts in some groups only. */
  readonly grouped: ReadonlySet<string>;
  /** Whether a field passes in a direction; a class with `@Exclude` passes only exposed ones. */
  shows(name: string, direction: 'in' | 'out'): boolean;
}
export interface FieldTransforming {
  readonly type?: () => unknown;
  /** The classes that the option `discriminator` of `@Type` tells apart; undefined where it names none. */
  readonly discriminate?: (
    schemaOf: (type: Class) => ObjectSchema,
    where: Where,
  ) => Schema | undefined;
  readonly nameIn?: string;
  readonly nameOut?: string;
  readonly input?: false;
  readonly output?: false;
  readonly transformIn?: readonly FieldTransform[];
  readonly transformOut?: readonly FieldTransform[];
  readonly serialized?: true;
}

interface Options {
  readonly name?: string;
  readonly toClassOnly?: boolean;
  readonly toPlainOnly?: boolean;
  readonly groups?: readonly string[];
}
interface Metadata {
  readonly propertyName: string | undefined;
  readonly options?: Options;
}
interface TypeMetadata {
  readonly propertyName: string;
  readonly reflectedType: unknown;
  readonly typeFunction?: (options?: unknown) => unknown;
  readonly options?: {
    readonly discriminator?: {
      readonly property: string;
      readonly subTypes: readonly { readonly value: Class; readonly name: string }[];
    };
  };
}
interface TransformMetadata extends Metadata {
  readonly transformFn: (params: {
    value: unknown;
    key: string;
    obj: unknown;
    type: number;
    options: object;
  }) => unknown;
}
interface Storage {
  readonly _typeMetadatas: Map<Class, Map<string, TypeMetadata>>;
  readonly _transformMetadatas: Map<Class, Map<string, TransformMetadata[]>>;
  readonly _exposeMetadatas: Map<Class, Map<string | undefined, Metadata>>;
  readonly _excludeMetadatas: Map<Class, Map<string | undefined, Metadata>>;
  getStrategy(target: Class): 'excludeAll' | 'exposeAll' | 'none';
  findTypeMetadata(target: Class, name: string): TypeMetadata | undefined;
  findExposeMetadata(target: Class, name: string): Metadata | undefined;
  getExposedProperties(target: Class, direction: number): string[];
  getExcludedProperties(target: Class, direction: number): string[];
  findTransformMetadatas(target: Class, name: string, direction: number): TransformMetadata[];
}

const TO_CLASS = 0;
const TO_PLAIN = 1;

// The package does not export its storage; the build that Node loads is the one the decorators of an application write to.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { defaultMetadataStorage: storage } = require('class-transformer/cjs/storage') as {
  defaultMetadataStorage: Storage;
};

/** What the decorators of class-transformer say about a class and those it extends, to everybody or in some groups. */
export function transformingOf(type: Class, groups: readonly string[] = []): Transforming {
  const names = namesIn(
    type,
    storage._typeMetadatas,
    storage._transformMetadatas,
    storage._exposeMetadatas,
    storage._excludeMetadatas,
  );
  const exposed = namesIn(type, storage._exposeMetadatas);
  const excludesAll = storage.getStrategy(type) === 'excludeAll';
  const excluded = byDirection((direction) => storage.getExcludedProperties(type, direction));
  const exposedIn = byDirection((direction) => storage.getExposedProperties(type, direction));
  return {
    fields: new Map(
      [...names].map((name) => [name, fieldTransforming(type, name, excluded, groups)]),
    ),
    exposed,
    grouped: new Set([...names].filter((name) => isGrouped(type, name))),
    shows: (name, direction) => {
      if (!counts(storage.findExposeMetadata(type, name), groups)) return false;
      return !excludesAll || exposedIn[direction].has(name);
    },
  };
}

type ByDirection = Readonly<Record<'in' | 'out', ReadonlySet<string>>>;

const byDirection = (names: (direction: number) => readonly string[]): ByDirection => ({
  in: new Set(names(TO_CLASS)),
  out: new Set(names(TO_PLAIN)),
});

/** What belongs to some groups counts where one of them is asked for. */
function counts(metadata: Metadata | undefined, groups: readonly string[]): boolean {
  const own = metadata?.options?.groups ?? [];
  return own.length === 0 || own.some((group) => groups.includes(group));
}

function isGrouped(type: Class, name: string): boolean {
  const found = [TO_CLASS, TO_PLAIN].flatMap((direction) =>
    storage.findTransformMetadatas(type, name, direction),
  );
  return [storage.findExposeMetadata(type, name), ...found].some((one) => !counts(one, []));
}

function transforms(
  type: Class,
  name: string,
  direction: number,
  groups: readonly string[],
): FieldTransform[] {
  return storage
    .findTransformMetadatas(type, name, direction)
    .filter((metadata) => counts(metadata, groups))
    .map(
      ({ transformFn }): FieldTransform =>
        (value, obj) =>
          transformFn({ value, key: name, obj, type: direction, options: {} }),
    );
}

/** Whether a transform is for the way out alone. */
const isSerialized = (type: Class, name: string, groups: readonly string[]): boolean =>
  storage
    .findTransformMetadatas(type, name, TO_PLAIN)
    .some((metadata) => counts(metadata, groups) && metadata.options?.toPlainOnly === true);

function fieldTransforming(
  type: Class,
  name: string,
  excluded: ByDirection,
  groups: readonly string[],
): FieldTransforming {
  const typed = storage.findTypeMetadata(type, name);
  const expose = storage.findExposeMetadata(type, name);
  const alias = expose?.options?.name;
  return {
    ...(typed?.typeFunction !== undefined && { type: () => typed.typeFunction?.() }),
    ...(typed?.options?.discriminator !== undefined && {
      discriminate: tagged(typed.options.discriminator),
    }),
    ...(alias !== undefined && goes(expose, 'in') && { nameIn: alias }),
    ...(alias !== undefined && goes(expose, 'out') && { nameOut: alias }),
    ...(excluded.in.has(name) && { input: false as const }),
    ...(excluded.out.has(name) && { output: false as const }),
    transformIn: transforms(type, name, TO_CLASS, groups),
    transformOut: transforms(type, name, TO_PLAIN, groups),
    ...(isSerialized(type, name, groups) && { serialized: true as const }),
  };
}

/** The option `discriminator` of `@Type`: a property names the class. */
function tagged({
  property,
  subTypes,
}: NonNullable<NonNullable<TypeMetadata['options']>['discriminator']>): NonNullable<
  FieldTransforming['discriminate']
> {
  return (schemaOf, where) => {
    const members = new Map(subTypes.map(({ value, name }) => [name, schemaOf(value)] as const));
    return members.size === 0 ? undefined : taggedBy(property, members, where);
  };
}

const goes = (metadata: Metadata | undefined, direction: 'in' | 'out'): boolean => {
  if (metadata === undefined) return false;
  const { toClassOnly = false, toPlainOnly = false } = metadata.options ?? {};
  return toClassOnly === toPlainOnly || (direction === 'in' ? toClassOnly : toPlainOnly);
};

function namesIn(
  type: Class,
  ...maps: readonly Map<Class, Map<string | undefined, unknown>>[]
): Set<string> {
  const names = new Set<string>();
  for (const map of maps) {
    for (const [target, byName] of map) {
      if (target !== type && !(type.prototype instanceof target)) continue;
      for (const name of byName.keys()) if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/**
 * Decorators of another copy of the package would count for nothing. Looks at all loaded modules: once a build.
 *
 * @throws BootError SECOND_CLASS_TRANSFORMER
 */
export function refuseSecondCopy(): void {
  for (const [file, loaded] of Object.entries(require.cache)) {
    if (!/class-transformer[\\/]\w+[\\/]storage\.js$/.test(file)) continue;
    const other: Storage | undefined = loaded?.exports?.defaultMetadataStorage;
    if (
      other === undefined ||
      other === storage ||
      other._typeMetadatas.size + other._exposeMetadatas.size === 0
    )
      continue;
    throw new BootError(
      'SECOND_CLASS_TRANSFORMER',
      { file },
      'a second copy of class-transformer holds decorators of the program',
      'one version of class-transformer for the whole program (`npm dedupe`)',
    );
  }
}
