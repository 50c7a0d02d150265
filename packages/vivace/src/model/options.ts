import type { Class, Extra } from '../declare/class';
import type { FieldFilter } from '../declare/field-filter';

/** What application, controller and `include` share; lists are joined, of single values the innermost wins. */
export interface SharedOptions {
  readonly tags?: readonly string[];
  /** Dependencies that run for their effect: what `Depends` takes, or its result. */
  readonly dependencies?: readonly unknown[];
  readonly middleware?: readonly unknown[];
  /** Results of `on(...)`. */
  readonly exceptions?: readonly unknown[];
  readonly responses?: Readonly<Record<string, AdditionalResponse | undefined>>;
  readonly responseClass?: Class;
  readonly callbacks?: readonly Class[];
  readonly deprecated?: boolean;
  readonly apiVersion?: string;
  readonly hidden?: boolean;
  readonly bodyLimit?: number;
  readonly strictContentType?: boolean;
  readonly operationId?: (operation: OperationIdentity) => string;
}

/** What the function `operationId` knows of an operation. */
export interface OperationIdentity {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly tags: readonly string[];
}

export interface AdditionalResponse {
  /** A type value. */
  readonly response?: unknown;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

export interface ControllerOptions extends SharedOptions {
  readonly controllers?: readonly Class[];
}

export interface OperationOptions
  extends Omit<SharedOptions, 'exceptions' | 'operationId'>, FieldFilter {
  readonly status?: number;
  /** A type value; false: no response model. */
  readonly response?: unknown;
  readonly responseDescription?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly operationId?: string;
  readonly name?: string;
  readonly openapiExtra?: Readonly<Record<string, unknown>>;
}

/** One call of `app.include(...)`. */
export interface Inclusion {
  readonly controllers: readonly Class[];
  readonly prefix: string;
  readonly host?: string | RegExp;
  readonly options: SharedOptions;
}

/** What an application consists of, as `new Vivace(...)` and `include` recorded it. */
export interface AppOptions extends SharedOptions {
  readonly controllers?: readonly Class[];
  readonly inclusions?: readonly Inclusion[];
  readonly webhooks?: readonly Class[];
  /** A generator function, or a generator dependency with the lifetime `singleton`. */
  readonly lifespan?: unknown;
  /** Results of `provide(...)`. */
  readonly provide?: readonly unknown[];
  /** What has to work for the application to be ready, by name. */
  readonly health?: boolean | { readonly checks?: Readonly<Record<string, unknown>> };
  readonly extra?: Extra;
  readonly strict?: boolean;
  readonly types?: 'required' | 'decorators';
  readonly docs?: false | { readonly dependencies?: readonly unknown[] };
}
