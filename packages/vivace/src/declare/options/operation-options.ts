import type { Needs } from '../provided';
import type { Of, Type } from '../type';
import type { FieldFilter } from './field-filter';
import type { LayerOptions } from './layer-options';

export type Method =
  'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'TRACE' | 'QUERY';

/** What an operation says about itself. */
export interface OperationOptions<X extends Type | false = Type | false>
  extends
    Omit<LayerOptions, 'apiVersion' | 'operationId'>,
    Omit<FieldFilter, 'include' | 'exclude'> {
  /**
   * The status of a success.
   * @default 200
   */
  readonly status?: number;
  /** The response model where the return type does not say it; `false` means none. */
  readonly response?: X;
  /**
   * The groups of class-validator and class-transformer that count for its inputs, unless one names its own, and for its answer:
   * fields with `@Expose({ groups: ['admin'] })` are there for those who ask for `admin`.
   * @default for inputs all rules, for answers what is in no group
   */
  readonly groups?: readonly string[];
  /**
   * When it succeeds, in the document.
   * @default `Successful Response`
   */
  readonly responseDescription?: string;
  /**
   * One line about it, in the document.
   * @default made from the name of the method
   */
  readonly summary?: string;
  /**
   * A text about it in Markdown, in the document.
   * @default the comment of the method
   */
  readonly description?: string;
  /**
   * Its id in the document, by which generated clients call it.
   * @default made from name, path and method
   */
  readonly operationId?: string;
  /**
   * The name that `urlFor` knows it by.
   * @default the name of the method
   */
  readonly name?: string;
  /** The only fields of the response model that are written. */
  readonly include?: readonly FieldOf<NoInfer<X>>[];
  /** Fields of the response model that are not written. */
  readonly exclude?: readonly FieldOf<NoInfer<X>>[];
  /** Merged into the operation of the document. */
  readonly openapiExtra?: Readonly<Record<string, unknown>>;
}
export type FieldOf<X> = X extends Type
  ? Of<X> extends readonly (infer E)[]
    ? keyof E & string
    : keyof Of<X> & string
  : string;

/** What a WebSocket says about itself. */
export interface SocketOptions {
  /** Dependencies that run for their effect, such as guards, before the handshake is accepted. */
  readonly dependencies?: readonly Needs[];
  /**
   * The name that `urlFor` knows it by.
   * @default the name of the method
   */
  readonly name?: string;
}
