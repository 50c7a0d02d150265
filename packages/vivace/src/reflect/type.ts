import type { Class } from '../declare/class';

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

/** A TypeScript type as plain data: the language of the side-car. */
export type Type =
  | Primitive
  | { readonly lit: string | number | boolean }
  | { readonly big: string }
  | { readonly prim: Type; readonly tags?: Readonly<Record<string, unknown>> }
  | { readonly tpl: readonly string[]; readonly of: readonly Type[] }
  | { readonly array: Type }
  | { readonly tuple: readonly (Type | { readonly opt: Type } | { readonly rest: Type })[] }
  | { readonly record: readonly [Type, Type] }
  | { readonly union: readonly Type[] }
  | { readonly object: Readonly<Record<string, Member>>; readonly index?: Type }
  | Reference
  | { readonly builtin: string; readonly args?: readonly Type[] }
  | { readonly param: string }
  | { readonly unsupported: string };

/** Another definition; `to` is that of a generic one with these arguments, where they cannot simply be put in. */
export interface Reference {
  readonly ref: string;
  readonly args?: readonly Type[];
  readonly to?: string;
}

/** What JSDoc's tags say; a tag that stands there several times has a list. */
export type Tags = Readonly<Record<string, string | true | readonly (string | true)[]>>;

export interface Member {
  readonly t: Type;
  readonly opt?: true;
  readonly default?: unknown;
  readonly dyn?: true;
  /** A call makes the initial value: it may be another for each instance. */
  readonly varies?: true;
  readonly ro?: true;
  readonly get?: true;
  readonly vis?: 'private' | 'protected';
  readonly doc?: string;
  readonly tags?: Tags;
  /** The class that declares the member, where a mapped type took it from one. */
  readonly from?: string;
}

export interface Parameter {
  readonly name: string;
  readonly t: Type;
  readonly opt?: true;
  readonly default?: unknown;
  readonly dyn?: true;
  readonly rest?: true;
  readonly doc?: string;
}

export interface MethodType {
  readonly params: readonly Parameter[];
  readonly returns: Type;
  readonly written?: true;
  readonly generator?: true;
  readonly async?: true;
  /** Its result is neither a promise nor a generator, though nobody wrote so. */
  readonly immediate?: true;
  readonly doc?: string;
  readonly tags?: Tags;
  readonly line?: number;
}

interface Documented {
  readonly doc?: string;
  readonly tags?: Tags;
  readonly line?: number;
}
export interface ClassDefinition extends Documented {
  readonly kind: 'class';
  readonly abstract?: true;
  readonly params?: readonly string[];
  readonly extends?: readonly Type[];
  readonly props: Readonly<Record<string, Member>>;
  /** Of an index signature. */
  readonly index?: Type;
  readonly ctor?: readonly Parameter[];
  readonly methods?: Readonly<Record<string, MethodType>>;
}
export interface AliasDefinition extends Documented {
  readonly kind: 'type';
  readonly params?: readonly string[];
  readonly t: Type;
}
export interface EnumDefinition extends Documented {
  readonly kind: 'enum';
  readonly members: Readonly<Record<string, string | number>>;
}
export interface FunctionDefinition extends Documented {
  readonly kind: 'function';
  readonly params: readonly Parameter[];
  readonly returns: Type;
  readonly written?: true;
  readonly immediate?: true;
}
export type Definition = ClassDefinition | AliasDefinition | EnumDefinition | FunctionDefinition;

/** The types of one package, written by the compiler. */
export interface SideCar {
  readonly v: 1;
  readonly ts: string;
  readonly root: string;
  readonly files: Readonly<Record<string, string>>;
  /** The JavaScript of each file, as a path from the side-car. Only in a build. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Side-cars of other packages that have definitions which are mentioned here. */
  readonly uses?: readonly string[];
  readonly defs: Readonly<Record<string, Definition>>;
}

/** What is known of the types of a program at run time. */
export interface Types {
  readonly mode: 'full' | 'decorators';
  /** How many definitions were read. */
  readonly definitions: number;
  /** The id of a class, such as `shop/src/dto.ts#User`. */
  idOf(type: Class): string | undefined;
  classOf(id: string): Class | undefined;
  definition(id: string): Definition | undefined;
  /** The definition of a class; undefined where only decorators count. */
  of(type: Class): ClassDefinition | undefined;
  /** `design:type` of a property: what the emitter left, undefined where it left nothing of use. */
  designOfProperty(type: Class, property: string): Class | undefined;
  /** `design:paramtypes` of a method or, without one, of the constructor. */
  designOfParameters(type: Class, method?: string): readonly (Class | undefined)[];
  /** File and line of a class, a method of it, or a dependency. */
  place(type: Class, method?: string): { readonly file?: string; readonly line?: number };
}
