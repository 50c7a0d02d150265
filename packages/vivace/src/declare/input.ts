import { mark, type Input } from './mark';
import type {
  AnyInputOptions,
  BodyOnly,
  FileOnly,
  FormOnly,
  HeaderOnly,
  InputOptions,
  PathOnly,
  Presence,
} from './options/input-options';
import { isStandardSchema } from './standard-schema';
import type { Of, Type } from './type';
import { factsOf, type InputFacts, type Source } from './value-facts';
import { Placement } from './placement';

/**
 * A value of the path; always required.
 *
 * @example
 * @Get('/:item_id') read(@Path({ ge: 1 }) item_id: int) {}
 */
export const Path = input<PathOnly>('path');
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
export const Header = input<HeaderOnly>('header');
/** A cookie. */
export const Cookie = input('cookie');
/**
 * The JSON body, or a key of it.
 *
 * @example
 * change(@Body({ embed: true }) weight: number) {}
 */
export const Body = input<BodyOnly>('body');
/**
 * A field of a form; with a DTO, all of them.
 *
 * @example
 * login(@Form() username: string, @Form() password: Secret) {}
 */
export const Form = input<FormOnly>('form');
/**
 * An uploaded file.
 *
 * @example
 * upload(@File({ maxSize: 1_000_000 }) photo: UploadFile) {}
 */
export const File = input<FileOnly>('file');

export interface InputFactory<More = {}> {
  /** Marks a parameter or property: its own type counts. */
  <D extends Plain = never>(options?: InputOptions<D> & More & NoSchema): Input<D>;
  /** The same, with the name it has on the wire. */
  <D extends Plain = never>(name: string, options?: InputOptions<D> & More): Input<D>;
  /** Has a type of its own: an entry of `dependency()`, or a marker that checks the parameter's type. */
  <const X extends Type, O extends boolean = false, N extends boolean = false>(
    type: X,
    options?: InputOptions<NoInfer<Of<X>> | If<N, null>> & Presence<O, N> & More,
  ): Input<Of<X> | If<O, undefined> | If<N, null>>;
}

/** Schemas of other libraries have methods that are called like options. */
export interface NoSchema {
  /** Keeps schemas out of the place of options. */
  readonly '~standard'?: never;
}
export type Plain = string | number | bigint | boolean | null | object;
export type If<B, T> = B extends true ? T : never;

function input<More = {}>(source: Source): InputFactory<More> {
  const name = source[0]!.toUpperCase() + source.slice(1);
  const placement = new Placement(
    name,
    ['a parameter', 'a parameter of a constructor', 'a property'],
    `\`@${name}() value: string\``,
  );
  const factory = (...given: readonly [First?, AnyInputOptions?]): unknown => {
    placement.checkCalled(given, factory);
    const [first, second] = given;
    const marked = (options?: AnyInputOptions, alias?: string, type?: Type) =>
      mark(factsOfInput(source, options, alias, type), placement, factory);
    if (typeof first === 'string') return marked(second, first);
    return isType(first) ? marked(second, undefined, first) : marked(first);
  };
  return factory as InputFactory<More>;
}

type First = string | Type | AnyInputOptions;

function factsOfInput(
  source: Source,
  { alias, ...options }: AnyInputOptions = {},
  name = alias,
  type?: Type,
): InputFacts {
  return { kind: 'input', source, alias: name, type, options: Object.freeze(options) };
}

function isType(value: unknown): value is Type {
  return (
    typeof value === 'function' ||
    Array.isArray(value) ||
    isStandardSchema(value) ||
    factsOf(value)?.kind === 'token'
  );
}
