import 'reflect-metadata';
import type { Where } from '../errors/where';
import type { Class, Thrown } from './class';
import type { Needs } from './provided';
import type { ControllerOptions } from './options/controller-options';
import type { Lifetime } from './options/dependency-options';
import type { FieldOptions } from './options/field-options';
import type { ModelOptions } from './options/model-options';
import type { Method, OperationOptions, SocketOptions } from './options/operation-options';
import type { SettingsOptions } from './options/settings-options';
import type { InputFacts, Source, UseFacts } from './value-facts';

/*
 * Facts of classes: what the decorators record, as plain data, with the options as they were given.
 */

/** A parameter that carries an input or a use; a property that carries an input is a field. */
export interface MarkFacts {
  /** The method; undefined for the constructor. */
  readonly method: string | undefined;
  readonly index: number;
  readonly mark: InputFacts | UseFacts;
}
export interface OperationFacts {
  readonly key: string;
  readonly methods: readonly Method[];
  readonly path: string;
  readonly options: OperationOptions;
  /** Where the decorator was called, from the stack; the side-car knows better. */
  readonly where: Where;
}
export interface SocketFacts {
  readonly key: string;
  readonly path: string;
  readonly options: SocketOptions;
  readonly where: Where;
}
export interface EntryFacts {
  readonly kind: string;
  /** The method. */
  readonly key: string;
  readonly options: object;
  /** Classes of which each call brings an instance. */
  readonly parts: readonly Class[];
  /** Resolved before the method's own inputs. */
  readonly dependencies: readonly Needs[];
  readonly where: Where;
}
/** A class whose instances are given something beside what their constructor takes. */
export interface AttachedUse {
  /** The class whose instances are injected. */
  readonly type: Class;
  /** What of a request, or of one call of an entry point, it depends on, such as a security scheme or a header; undefined: nothing. */
  readonly readsRequest: string | undefined;
}

/** What the container gives instances of a class beside what their constructor takes. */
export interface AttachmentFacts {
  readonly needs: Needs;
  readonly check: ((use: AttachedUse) => void) | undefined;
}
export interface FieldFacts extends FieldOptions {
  readonly key: string;
  /** Where a marked property comes from. */
  readonly source?: Source;
  /** It decorates a getter. */
  readonly accessor: boolean;
}
export interface FieldValidatorFacts {
  readonly key: string;
  readonly fields: readonly string[];
  readonly mode: 'after' | 'before';
}
export interface ModelValidatorFacts {
  readonly key: string;
  readonly mode: 'after' | 'before';
}

/** Everything that was written about one class; own facts only, frozen. */
export interface ClassFacts {
  readonly controller?: {
    readonly prefix: string;
    readonly options: ControllerOptions;
  };
  readonly injectable?: { readonly lifetime: Lifetime };
  readonly settings?: SettingsOptions;
  readonly model?: ModelOptions;
  readonly operations: readonly OperationFacts[];
  readonly sockets: readonly SocketFacts[];
  readonly entries: readonly EntryFacts[];
  readonly attached: readonly AttachmentFacts[];
  /** Methods with `@Public()`. */
  readonly publics: readonly string[];
  /** Of a method; without a key, of the class. */
  readonly throws: readonly {
    readonly key: string | undefined;
    readonly errors: readonly Thrown[];
  }[];
  readonly marks: readonly MarkFacts[];
  readonly fields: readonly FieldFacts[];
  readonly fieldValidators: readonly FieldValidatorFacts[];
  readonly modelValidators: readonly ModelValidatorFacts[];
  /** Where a class decorator of ours was called. */
  readonly where?: Where;
}

const CLASS = Symbol.for('vivace.declaration');

const NOTHING: ClassFacts = Object.freeze({
  operations: Object.freeze([]),
  sockets: Object.freeze([]),
  entries: Object.freeze([]),
  attached: Object.freeze([]),
  publics: Object.freeze([]),
  throws: Object.freeze([]),
  marks: Object.freeze([]),
  fields: Object.freeze([]),
  fieldValidators: Object.freeze([]),
  modelValidators: Object.freeze([]),
});

/** What was written about a class itself, not about those it extends. */
export function declarationOf(type: Class): ClassFacts {
  return (Reflect.getOwnMetadata(CLASS, type) as ClassFacts | undefined) ?? NOTHING;
}

/** Adds to what is written about a class: lists grow, anything else is replaced. */
export function declare(type: Class, facts: Partial<ClassFacts>): void {
  const known = declarationOf(type);
  const merged = Object.entries(facts).map(([key, value]) => {
    const before: unknown = Reflect.get(known, key);
    return [
      key,
      Array.isArray(before) && Array.isArray(value) ? Object.freeze([...before, ...value]) : value,
    ];
  });
  Reflect.defineMetadata(CLASS, Object.freeze({ ...known, ...Object.fromEntries(merged) }), type);
}

/** The class that a decorator of a member or parameter is part of. */
export function classOf(target: object): Class {
  return (typeof target === 'function' ? target : target.constructor) as Class;
}
