import { factsOf } from './declarations';
import type { Dependency } from './provided';
import type { InputOptionsFacts, Source } from './facts';
import { mark } from './mark';
import type { Example, Notes, Rules } from './rules';
import type { Of, Type } from './types';

/**
 * A value of the path; always required.
 *
 * @example
 * @Get('/:item_id') read(@Path({ ge: 1 }) item_id: int) {}
 */
export const Path = input<{ default?: never; optional?: never; nullable?: never }>('path');
/**
 * A value of the query string; with a DTO, all of them.
 *
 * @example
 * list(@Query('item-query', { maxLength: 50 }) q?: string, @Query() tag: string[] = []) {}
 */
export const Query = input('query');
/**
 * A header: `_` and capitals of the name become `-`.
 *
 * @example
 * read(@Header() userAgent?: string) {}
 */
export const Header = input<{
  /**
   * Whether `_` and capitals of the name become `-`.
   * @default `true`
   */
  convertNames?: boolean;
}>('header');
/** A cookie. */
export const Cookie = input('cookie');
/**
 * The JSON body, or a key of it.
 *
 * @example
 * change(@Body({ embed: true }) weight: number) {}
 */
export const Body = input<{
  /**
   * Whether the value stands under a key of its own: `{"book": {…}}`.
   * @default `true` where there are several bodies, else `false`
   */
  embed?: boolean;
  /**
   * The media type of the body.
   * @default `application/json`
   */
  media?: string;
}>('body');
/**
 * A field of a form; with a DTO, all of them.
 *
 * @example
 * login(@Form() username: string, @Form() password: Secret) {}
 */
export const Form = input<{
  /**
   * The media type of the form.
   * @default `multipart/form-data` where there are files, else `application/x-www-form-urlencoded`
   */
  media?: string;
}>('form');
/**
 * An uploaded file.
 *
 * @example
 * upload(@File({ maxSize: 1_000_000 }) photo: UploadFile) {}
 */
export const File = input<{
  /**
   * The most bytes that the file may have.
   * @default `uploads.fileSize` of the application
   */
  maxSize?: number;
  /**
   * The media types that are accepted, told by the content type and the first bytes.
   * @default any
   */
  media?: string | readonly string[];
}>('file');

export interface InputFactory<More = {}> {
  /** Marks a parameter or property: its own type counts. */
  <D extends Plain = never>(options?: InputOptions<D> & More): Input<D>;
  /** The same, with the name it has on the wire. */
  <D extends Plain = never>(name: string, options?: InputOptions<D> & More): Input<D>;
  /** Has a type of its own: an entry of `dependency()`, or a marker that checks the parameter's type. */
  <const X extends Type, O extends boolean = false, N extends boolean = false>(
    type: X,
    options?: InputOptions<NoInfer<Of<X>> | If<N, null>> & { optional?: O; nullable?: N } & More,
  ): Input<Of<X> | If<O, undefined> | If<N, null>>;
}

/** A decorator of a parameter or property that accepts a `T`; also an entry of `dependency()`. */
export interface Input<T> extends Dependency<T> {
  <
    C extends object,
    K extends string | symbol | undefined,
    I extends number | undefined = undefined,
  >(
    target: [T] extends [Slot<C, K, I>]
      ? C
      : 'the declared type does not accept the value given here',
    key: K,
    index?: I,
  ): void;
}

/** The declared type of what is decorated: parameter `I` of method `K`, of the constructor, or property `K`. */
export type Slot<C, K, I> = I extends number
  ? K extends keyof C
    ? C[K] extends (...args: infer A) => unknown
      ? A[I]
      : unknown
    : C extends abstract new (...args: infer A) => unknown
      ? A[I]
      : unknown
  : K extends keyof C
    ? C[K]
    : unknown;

/** Constraints, notes and other names of an input. */
export interface InputOptions<T> extends Rules, Notes {
  /** Used when the input is absent; a function is called for each request. */
  default?: T | (() => T);
  /**
   * Its name on the wire.
   * @default the name of the parameter
   */
  alias?: string;
  /**
   * The groups of class-validator whose rules count, for a DTO.
   * @default all
   */
  groups?: readonly string[];
  /** Examples by name, in the document. */
  openapiExamples?: Readonly<Record<string, Example>>;
}
export type Plain = string | number | bigint | boolean | null | object;
export type If<B, T> = B extends true ? T : never;

function input<More = {}>(source: Source): InputFactory<More> {
  return ((...given: readonly unknown[]) => {
    const typed = isType(given[0]);
    const named = typeof given[0] === 'string';
    const { alias, ...options } = ((typed || named ? given[1] : given[0]) ??
      {}) as InputOptionsFacts & { readonly alias?: string };
    return mark({
      kind: 'input',
      source,
      alias: named ? (given[0] as string) : alias,
      type: typed ? given[0] : undefined,
      options: Object.freeze(options),
    });
  }) as unknown as InputFactory<More>;
}

function isType(value: unknown): boolean {
  return typeof value === 'function' || Array.isArray(value) || factsOf(value)?.kind === 'token';
}
