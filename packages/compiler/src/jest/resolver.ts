interface Options {
  readonly defaultResolver: (request: string, options: Options) => string;
}

/** Finds `./user.ts` for `./user.js`, as TypeScript writes imports of ES modules. */
function sync(request: string, options: Options): string {
  try {
    return options.defaultResolver(request, options);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.[cm]?js$/.test(request)) throw error;
    return options.defaultResolver(request.replace(/js$/, 'ts'), options);
  }
}

export default { sync };
