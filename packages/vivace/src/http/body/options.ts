import type { Operation } from '../../model/model';
import type { BodyOptions } from './body';

/** How the bodies of one operation are read: as it says, else as the application does. */
export function bodyOptionsOf(
  { bodyLimit, strictContentType, body }: Operation,
  options: BodyOptions,
): BodyOptions {
  const { uploads } = options;
  const own = (body?.inputs ?? []).flatMap(({ alias, maxSize }): [string, number][] =>
    maxSize === undefined ? [] : [[alias, maxSize]],
  );
  const fileSizes = new Map(own);
  return {
    limit: bodyLimit ?? options.limit,
    strictContentType: strictContentType ?? options.strictContentType,
    // A file that is allowed alone is allowed in all.
    uploads: {
      ...uploads,
      fileSizes,
      totalSize: Math.max(uploads.totalSize, ...fileSizes.values()),
    },
  };
}
