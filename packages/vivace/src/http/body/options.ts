import type { Operation } from '../../model/model';
import type { FormLimits } from './form';

/** How bodies are read. */
export interface BodyOptions {
  /** In bytes; files of a form do not count. */
  readonly bodyLimit: number;
  /** Whether a body is JSON only if its content type says so. */
  readonly strictContentType: boolean;
  readonly uploads: FormLimits;
}

/** How the bodies of one operation are read: as it says, else as the application does. */
export function bodyOptionsOf(
  { options: own, body }: Operation,
  options: BodyOptions,
): BodyOptions {
  const { uploads } = options;
  const sizes = (body?.inputs ?? []).flatMap(({ alias, maxSize }): [string, number][] =>
    maxSize === undefined ? [] : [[alias, maxSize]],
  );
  const fileSizes = new Map(sizes);
  return {
    bodyLimit: own.bodyLimit ?? options.bodyLimit,
    strictContentType: own.strictContentType ?? options.strictContentType,
    // A file that is allowed alone is allowed in all.
    uploads: {
      ...uploads,
      fileSizes,
      totalSize: Math.max(uploads.totalSize, ...fileSizes.values()),
    },
  };
}
