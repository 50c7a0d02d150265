/**
 * The words of the side-car: what the compiler writes and the framework reads. `packages/compiler/src/types/type-data.ts` says the
 * same, for neither package needs the other at run time; a test of types holds the two together.
 */

export type Primitive =
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'null'
  | 'undefined'
  | 'void'
  | 'never'
  | 'any'
  | 'unknown'
  | 'object'
  | 'symbol'
  | 'function';

/** A TypeScript type as plain data. */
export type TypeData =
  | Primitive
  | { readonly lit: string | number | boolean }
  | { readonly big: string }
  | { readonly prim: TypeData; readonly tags?: Readonly<Record<string, unknown>> }
  | { readonly tpl: readonly string[]; readonly of: readonly TypeData[] }
  | { readonly array: TypeData }
  | { readonly tuple: readonly ElementData[] }
  | { readonly record: readonly [TypeData, TypeData] }
  | { readonly union: readonly TypeData[] }
  | ObjectData
  | Reference
  | { readonly builtin: string; readonly args?: readonly TypeData[] }
  | { readonly param: string }
  | ForeignData
  /** With `schema`, a written type that is made of a schema of another library. */
  | { readonly unsupported: string; readonly schema?: true };

/** A class or a generic alias of a library, by its name there: `Collection<Book>`. */
export interface ForeignData {
  readonly foreign: string;
  /** The package: `@mikro-orm/core`. */
  readonly module: string;
  readonly args?: readonly TypeData[];
  /** What an alias stands for: `Date` of `Opt<Date>`. */
  readonly of?: TypeData;
}

/** A place of a tuple. */
export type ElementData = TypeData | { readonly opt: TypeData } | { readonly rest: TypeData };

export type Members = Readonly<Record<string, MemberData>>;

/** An object type without a name; `as` is what a type of TypeScript's that it is made of is called, where it is an argument: `OmitUser`. */
export interface ObjectData {
  readonly object: Members;
  readonly index?: TypeData;
  readonly as?: string;
}

/** Another definition; `to` is that of a generic one with these arguments, where they cannot simply be put in. */
export interface Reference {
  readonly ref: string;
  readonly args?: readonly TypeData[];
  readonly to?: string;
}

/** What JSDoc's tags say: `true` for one without text, a list for one that stands there several times. */
export type Tags = Readonly<Record<string, string | true | readonly (string | true)[]>>;

/** What JSDoc says. */
export interface Documentation {
  readonly doc?: string;
  readonly tags?: Tags;
}

/** An initialiser: its value where it is a literal, else only that there is one (`dyn`), and whether a call makes it (`varies`). */
export interface Initial {
  readonly default?: unknown;
  readonly dyn?: true;
  readonly varies?: true;
}

export interface MemberData extends Documentation, Initial {
  readonly t: TypeData;
  readonly opt?: true;
  readonly ro?: true;
  readonly get?: true;
  readonly vis?: 'private' | 'protected';
  /** The class that declares the member, where a mapped type took it from one. */
  readonly from?: string;
}

export interface ParameterData extends Initial {
  readonly name: string;
  readonly t: TypeData;
  readonly opt?: true;
  readonly rest?: true;
  readonly doc?: string;
}

export interface CallableData {
  readonly params: readonly ParameterData[];
  readonly returns: TypeData;
  /** The return type is annotated. */
  readonly written?: true;
  readonly generator?: true;
  readonly async?: true;
  /** It is not annotated, but inferred, that the result is neither a promise nor a generator. */
  readonly immediate?: true;
}

export interface MethodData extends CallableData, Documentation {
  readonly line: number;
}

export interface ClassDefinition extends Documentation {
  readonly kind: 'class';
  readonly line: number;
  readonly abstract?: true;
  readonly params?: readonly string[];
  readonly extends?: readonly TypeData[];
  readonly props: Members;
  /** Of an index signature. */
  readonly index?: TypeData;
  readonly ctor?: readonly ParameterData[];
  readonly methods?: Readonly<Record<string, MethodData>>;
  /** The JavaScript of a class of a package that was not compiled with Vivace: `@acme/base/dist/dto.js`. */
  readonly script?: string;
}
export interface TypeDefinition extends Documentation {
  readonly kind: 'type';
  readonly line: number;
  readonly params?: readonly string[];
  readonly t: TypeData;
}
export interface EnumDefinition extends Documentation {
  readonly kind: 'enum';
  readonly line: number;
  readonly members: Readonly<Record<string, string | number>>;
}
export interface FunctionDefinition extends CallableData, Documentation {
  readonly kind: 'function';
  readonly line: number;
}
export type Definition = ClassDefinition | TypeDefinition | EnumDefinition | FunctionDefinition;

/** By id, such as `shop/src/dto.ts#User`. */
export type DefinitionMap = Readonly<Record<string, Definition>>;

/** The types of one package. */
export interface SideCar {
  readonly v: 1;
  /** The version of TypeScript that read them. */
  readonly ts: string;
  /** The name of the package: the first part of the ids of its files. */
  readonly root: string;
  /** The hash of each file's text, by the part of an id before `#`. */
  readonly files: Readonly<Record<string, string>>;
  /** The JavaScript of each file, as a path from the side-car. Only in a build. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Side-cars of other packages that have definitions which are mentioned here: `@acme/shared/dist/__types.cjs`. */
  readonly uses?: readonly string[];
  /** What else the types depend on: the compiler, the installed packages, the settings. Only in development. */
  readonly stamp?: string;
  readonly defs: DefinitionMap;
}
