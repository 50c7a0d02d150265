import type { Example, Notes, Rules } from './field-options';

/** Constraints, notes and other names of an input. */
export interface InputOptions<T> extends Rules, Notes {
  /** Used when the input is absent; a function is called for each request. */
  readonly default?: T | (() => T);
  /**
   * Its name on the wire.
   * @default the name of the parameter
   */
  readonly alias?: string;
  /**
   * The groups of class-validator whose rules count, for a DTO.
   * @default all
   */
  readonly groups?: readonly string[];
  /** Examples by name, in the document. */
  readonly openapiExamples?: Readonly<Record<string, Example>>;
}

/** A value of the path is always there. */
export interface PathOnly {
  /** It has no default. */
  readonly default?: never;
  /** It is never left out. */
  readonly optional?: never;
  /** It is never null. */
  readonly nullable?: never;
}
/** What only a header may say. */
export interface HeaderOnly {
  /**
   * Whether `_` and capitals of the name become `-`.
   * @default `true`
   */
  readonly convertNames?: boolean;
}
/** What only a body may say. */
export interface BodyOnly {
  /**
   * Whether the value stands under a key of its own: `{"book": {…}}`.
   * @default `true` where there are several bodies, else `false`
   */
  readonly embed?: boolean;
  /**
   * The media type of the body.
   * @default `application/json`
   */
  readonly media?: string;
}
/** What only a form may say. */
export interface FormOnly {
  /**
   * The media type of the form.
   * @default `multipart/form-data` where there are files, else `application/x-www-form-urlencoded`
   */
  readonly media?: string;
}
/** What only a file may say. */
export interface FileOnly {
  /**
   * The most bytes that the file may have.
   * @default `uploads.fileSize` of the application
   */
  readonly maxSize?: number;
  /**
   * The media types that are accepted, told by the content type and the first bytes.
   * @default any
   */
  readonly media?: string | readonly string[];
}
/** What an input with a type of its own may say. */
export interface Presence<O extends boolean, N extends boolean> {
  /** Whether it may be left out; then it is undefined. */
  readonly optional?: O;
  /** Whether it may be null. */
  readonly nullable?: N;
}

/** What inputs of all sources may say. */
export interface AnyInputOptions
  extends
    InputOptions<unknown>,
    HeaderOnly,
    Omit<BodyOnly, 'media'>,
    FileOnly,
    Presence<boolean, boolean> {}
