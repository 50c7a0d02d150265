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
  | { lit: string | number | boolean }
  | { big: string }
  | { prim: TypeData; tags?: Record<string, unknown> }
  | { tpl: readonly string[]; of: TypeData[] }
  | { array: TypeData }
  | { tuple: (TypeData | { opt: TypeData } | { rest: TypeData })[] }
  | { record: [TypeData, TypeData] }
  | { union: TypeData[] }
  | { object: Record<string, MemberData>; index?: TypeData }
  | Reference
  | { builtin: string; args?: TypeData[] }
  | { param: string }
  | { unsupported: string };

/** Another definition; `to` is that of a generic one with these arguments, where they cannot simply be put in. */
export interface Reference {
  ref: string;
  args?: TypeData[];
  to?: string;
}

/** What JSDoc says: its text, and its tags: `true` for one without text, a list for one that stands there several times. */
export interface Documentation {
  doc?: string;
  tags?: Record<string, TagValue | TagValue[]>;
}
type TagValue = string | true;

/** An initialiser: its value where it is a literal, else only that there is one (`dyn`), and whether a call makes it (`varies`). */
export interface Initial {
  default?: unknown;
  dyn?: true;
  varies?: true;
}

export interface MemberData extends Documentation, Initial {
  t: TypeData;
  opt?: true;
  ro?: true;
  get?: true;
  vis?: 'private' | 'protected';
  /** The class that declares the member, where a mapped type took it from one. */
  from?: string;
}

export interface ParameterData extends Initial {
  name: string;
  t: TypeData;
  opt?: true;
  rest?: true;
  doc?: string;
}

export interface CallableData {
  params: ParameterData[];
  returns: TypeData;
  /** The return type is annotated. */
  written?: true;
  generator?: true;
  async?: true;
  /** It is not annotated, but inferred, that the result is neither a promise nor a generator. */
  immediate?: true;
}

export interface MethodData extends CallableData, Documentation {
  line: number;
}

export interface ClassDefinition extends Documentation {
  kind: 'class';
  line: number;
  abstract?: true;
  params?: string[];
  extends?: TypeData[];
  props: Record<string, MemberData>;
  /** Of an index signature. */
  index?: TypeData;
  ctor?: ParameterData[];
  methods?: Record<string, MethodData>;
}
export interface TypeDefinition extends Documentation {
  kind: 'type';
  line: number;
  params?: string[];
  t: TypeData;
}
export interface EnumDefinition extends Documentation {
  kind: 'enum';
  line: number;
  members: Record<string, string | number>;
}
export interface FunctionDefinition extends CallableData, Documentation {
  kind: 'function';
  line: number;
}
export type Definition = ClassDefinition | TypeDefinition | EnumDefinition | FunctionDefinition;

/** The types of one package, as the framework reads them at run time. */
export interface SideCar {
  v: 1;
  /** The version of TypeScript that read them. */
  ts: string;
  /** The name of the package: the first part of the ids of its files. */
  root: string;
  /** The hash of each file's text, by the part of an id before `#`. */
  files: Record<string, string>;
  /** The JavaScript of each file, as a path from the side-car. Only in a build. */
  scripts?: Record<string, string>;
  /** Side-cars of other packages that have definitions which are mentioned here: `@acme/shared/dist/__types.cjs`. */
  uses?: string[];
  /** What else the types depend on: the compiler, the installed packages, the settings. Only in development. */
  stamp?: string;
  /** By id, such as `shop/src/dto.ts#User`. */
  defs: Record<string, Definition>;
}
