import type { IncomingMessage } from 'node:http';
import { LogController, type FastifyBaseLogger, type FastifyServerOptions } from 'fastify';
import type { VivaceOptions } from '../declare/options/vivace-options';
import { checkNumbers } from '../declare/numbers';
import { isTest } from '../declare/environment';
import { PathReader } from '../http/path-reader';
import { readableLine } from './readable-log';
import { withoutEnd } from '../text/ends';

const SECOND = 1000;
const MEBIBYTE = 1024 * 1024;

/** @throws BootError for a limit that is no number */
export function checkLimits(
  { bodyLimit, errors, timeouts, uploads, webSockets }: VivaceOptions,
  of: Function,
): void {
  const { directory: _directory, ...sizes } = uploads ?? {};
  const { origins: _origins, ...messages } = webSockets ?? {};
  const groups = {
    timeouts,
    uploads: sizes,
    webSockets: messages,
    errors: typeof errors === 'object' && errors.limit !== undefined ? { limit: errors.limit } : {},
  };
  const limits = Object.entries(groups).flatMap(([group, members = {}]) =>
    Object.entries(members).map(([name, value]): [string, unknown] => [`${group}.${name}`, value]),
  );
  checkNumbers(
    of,
    {},
    Object.fromEntries(
      [['bodyLimit', bodyLimit], ...limits].filter(([, value]) => value !== undefined),
    ),
  );
}

/** Everything about the behaviour of a server, with the defaults filled in. */
export function behaviourOf(options: VivaceOptions) {
  const { errors = {}, timeouts = {}, uploads = {} } = options;
  const { format = 'detail', limit = 20 } =
    typeof errors === 'object' ? errors : { format: errors };
  return {
    bodyLimit: options.bodyLimit ?? MEBIBYTE,
    strictContentType: options.strictContentType ?? true,
    trailingSlash: options.trailingSlash ?? 'redirect',
    rootPath: withoutEnd(options.rootPath ?? '', '/').replace(/^(?=[^/])/, '/'),
    allowedHosts: options.allowedHosts ?? ['localhost', '127.0.0.1', '[::1]', 'testserver'],
    errors: {
      format,
      limit,
      debug: options.debug ?? false,
    },
    stallTimeout: (timeouts.stall ?? 30) * SECOND,
    handlerTimeout: (timeouts.handler ?? 30) * SECOND,
    blocked: (timeouts.blocked ?? (isTest() ? 0 : 0.1)) * SECOND,
    startupTimeout: (timeouts.startup ?? 30) * SECOND,
    shutdownTimeout: (timeouts.shutdown ?? 30) * SECOND,
    webSockets: {
      origins: undefined,
      maxMessage: 64 * 1024,
      maxBuffered: MEBIBYTE,
      heartbeat: 30,
      ...options.webSockets,
    },
    uploads: {
      fileSize: 10 * MEBIBYTE,
      totalSize: 100 * MEBIBYTE,
      files: 100,
      fields: 100,
      fieldSize: 64 * 1024,
      fileSizes: new Map<string, number>(),
      ...uploads,
    },
  } as const;
}
export type Behaviour = ReturnType<typeof behaviourOf>;

/** Options of Fastify that go on to Node. */
type OwnOptions = Omit<FastifyServerOptions, 'http' | 'https'> & {
  readonly http?: object;
  readonly https?: object | null;
};

/** What Fastify is made with; `shouldUpgradeCallback` says which connections become something else than HTTP. */
export function fastifyOptions(
  options: VivaceOptions,
  { trailingSlash, bodyLimit }: Behaviour,
  shouldUpgradeCallback: (request: IncomingMessage) => boolean,
): FastifyServerOptions {
  const { headers = 10, request = 30, keepAlive = 72 } = options.timeouts ?? {};
  const { routerOptions, http, https, ...own } = (options.fastify ?? {}) as OwnOptions;
  // Node looks for slow clients every 30 s by default, which makes shorter limits useless.
  const connections = {
    // Of two limits the wrong way round, Node takes each for the other.
    headersTimeout: (request > 0 ? Math.min(headers, request) : headers) * SECOND,
    connectionsCheckingInterval: SECOND,
    requireHostHeader: false,
    shouldUpgradeCallback,
  };
  return {
    ...loggerOf(options),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: request * SECOND,
    keepAliveTimeout: keepAlive * SECOND,
    // A request that arrives while the server closes is answered like any other.
    return503OnClosing: false,
    http: { ...connections, ...http },
    ...(https && { https: { ...connections, ...https } }),
    ...(options.trustProxy === undefined
      ? {}
      : {
          trustProxy:
            typeof options.trustProxy === 'object' ? [...options.trustProxy] : options.trustProxy,
        }),
    ...own,
    routerOptions: {
      maxParamLength: 16 * 1024,
      ignoreTrailingSlash: trailingSlash === 'ignore',
      ...routerOptions,
    },
  } as FastifyServerOptions;
}

/** A logger that the program made, or what Fastify makes one of. */
function loggerOf({
  logger,
  fastify = {},
}: VivaceOptions): Pick<FastifyServerOptions, 'logger' | 'loggerInstance'> {
  if (isLogger(logger)) return { loggerInstance: logger };
  if (logger === undefined && fastify.loggerInstance !== undefined) return {};
  return { logger: logger ?? defaultLogger() };
}

function isLogger(logger: VivaceOptions['logger']): logger is FastifyBaseLogger {
  return typeof logger === 'object' && 'child' in logger && typeof logger.child === 'function';
}

/** Reads paths as the router does that Fastify makes of the options. */
export function pathReaderOf({ trailingSlash, fastify = {} }: VivaceOptions): PathReader {
  const { routerOptions, ...own } = fastify;
  return new PathReader({
    ignoreTrailingSlash: trailingSlash === 'ignore',
    ...own,
    ...routerOptions,
  });
}

/** JSON lines in production, readable lines on a terminal, nothing in tests. */
function defaultLogger(): NonNullable<FastifyServerOptions['logger']> {
  if (isTest()) return false;
  if (!process.stdout.isTTY) return { level: 'info' };
  return {
    level: 'info',
    stream: { write: (line) => void process.stdout.write(readableLine(line)) },
  };
}
