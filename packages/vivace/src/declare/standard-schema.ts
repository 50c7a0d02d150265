/**
 * A schema of another library, such as zod, valibot or arktype: each that follows
 * https://standardschema.dev can stand where a type stands.
 *
 * @example
 * create(@Body(z.object({ name: z.string().min(2) })) hero: { name: string }) {}
 */
export interface StandardSchema<In = unknown, Out = unknown> {
  /** What the standard says of a schema. */
  readonly '~standard': StandardProperties<In, Out>;
}

/** What a schema of the standard carries under `~standard`. */
export interface StandardProperties<In, Out> {
  /** The version of the standard. */
  readonly version: 1;
  /** The library that it comes from. */
  readonly vendor: string;
  /** Gives the value that was parsed, or issues; a promise where it has to wait. */
  readonly validate: (value: unknown) => StandardResult<Out> | Promise<StandardResult<Out>>;
  /** The types of what goes in and of what comes out; there is no value. */
  readonly types?: { readonly input: In; readonly output: Out } | undefined;
  /** Its JSON Schemas, where the library gives them by the standard. */
  readonly jsonSchema?: {
    readonly input: StandardJsonSchema;
    readonly output: StandardJsonSchema;
  };
}

export type StandardJsonSchema = (options: {
  readonly target: 'draft-2020-12';
  readonly libraryOptions?: Record<string, unknown>;
}) => Record<string, unknown>;

export type StandardResult<Out> =
  | { readonly value: Out; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The type of the values that a schema gives. */
export type StandardOutput<X extends StandardSchema> = NonNullable<
  X['~standard']['types']
>['output'];

/** The type of the values that a schema takes. */
export type StandardInput<X extends StandardSchema> = NonNullable<X['~standard']['types']>['input'];

/** Whether a value is a schema of another library. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const { '~standard': standard } = value as Partial<StandardSchema>;
  return typeof standard?.validate === 'function';
}
