interface FileResult {
  failureMessage?: string | null;
}

/** Says what to write where Jest could not load an ES module; the default reporter, which comes after it, shows that. */
export default class EsModuleReporter {
  onTestResult(_test: unknown, result: FileResult): void {
    const advice = adviceFor(result.failureMessage ?? '');
    if (advice !== undefined) result.failureMessage += advice;
  }
}

function adviceFor(message: string): string | undefined {
  const path = moduleIn(message);
  const name = path === undefined ? undefined : packageOf(path);
  if (name === undefined) return undefined;
  return `\n    ${name} is an ES module, which Jest can load when it is named in package.json:\n    { "vivace": { "esm": ["${name}"] } }\n`;
}

/** The file of which Jest says that it is an ES module, or that its words are. */
function moduleIn(message: string): string | undefined {
  const [, said] = /Must use import to load ES Module: (.+)$/m.exec(message) ?? [];
  if (said !== undefined || !/Unexpected token 'export'|import statement outside/.test(message))
    return said;
  return /^\s*(.*[\\/]node_modules[\\/].*\.m?js):\d+$/m.exec(message)?.[1];
}

/** Of the innermost node_modules. */
function packageOf(path: string): string | undefined {
  const [, name] = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path) ?? [];
  return name?.replace('\\', '/');
}
