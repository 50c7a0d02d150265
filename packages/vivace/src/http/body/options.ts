import type { Operation } from '../../model/model';
import type { BodyOptions } from './body';

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
