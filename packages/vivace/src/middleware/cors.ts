import { checkNumbers } from '../declare/numbers';
import { callSite } from '../declare/call-site';
import type { Request } from '../declare/context-classes';
import type { Middleware } from '../declare/options/layer-options';
import { PlainTextResponse } from '../responses/plain-text-response';
import { replyOf } from '../http/exchange-of';
import { vary } from '../http/response';
import { isAllowedOrigin, readOrigins, type Origins } from './cors-origins';
import { defineMiddleware } from './define-middleware';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY'];
/** What pages may send to any server. */
const SAFE_HEADERS = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type'];
const PREFLIGHT_VARIES =
  'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';

/** Who may call from other origins, and how. */
export interface CorsOptions<O extends string | RegExp> {
  /**
   * The origins that may call, such as `https://shop.example`, or `*`; a pattern has to match up to
   * the end.
   */
  readonly origins: O | readonly O[];
  /**
   * Whether pages may send cookies and other credentials.
   * @default `false`
   */
  readonly credentials?: [Extract<NoInfer<O>, '*'>] extends [never] ? boolean : false;
  /**
   * The methods that pages may use.
   * @default all
   */
  readonly methods?: readonly string[];
  /**
   * The headers that pages may send.
   * @default all
   */
  readonly headers?: readonly string[];
  /** The headers of answers that pages may read. */
  readonly exposeHeaders?: readonly string[];
  /**
   * Seconds for which a browser keeps the answer to a preflight.
   * @default 600
   */
  readonly maxAge?: number;
  /**
   * Whether pages of public addresses may call this private one.
   * @default `false`
   */
  readonly privateNetwork?: boolean;
}

/**
 * Lets pages of other origins call the application; credentials need named origins.
 *
 * @param options who may call and how; see {@link CorsOptions}
 * @throws BootError for `*` or a pattern that fits everything together with credentials, and for what is no origin
 * @example new Vivace({ middleware: [cors({ origins: ['https://shop.example'], credentials: true })] })
 */
export function cors<const O extends string | RegExp>(options: CorsOptions<O>): Middleware {
  const { credentials = false, exposeHeaders = [], privateNetwork = false, maxAge = 600 } = options;
  checkNumbers(cors, {}, { maxAge });
  const origins = readOrigins([options.origins].flat(), credentials, callSite(cors));
  const methods = listed(options.methods) ?? METHODS;
  const headers = listed(options.headers);
  const rules: Rules = { origins, methods, headers, maxAge, privateNetwork };
  const fixed = {
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
    ...(exposeHeaders.length > 0 && { 'access-control-expose-headers': exposeHeaders.join(', ') }),
  };
  return defineMiddleware({ name: 'cors', origins }, (request, next) => {
    const reply = replyOf(request);
    if (origins !== '*') vary(reply, 'Origin');
    const origin = request.headers.get('origin');
    if (origin === null) return next();
    // On the reply they stand in the answers to errors, too.
    if (isAllowedOrigin(origin, origins))
      reply.headers({ ...fixed, 'access-control-allow-origin': origins === '*' ? '*' : origin });
    const method = request.headers.get('access-control-request-method');
    return request.method === 'OPTIONS' && method !== null
      ? preflight(request, origin, method, rules)
      : next();
  });
}

interface Rules {
  readonly origins: Origins;
  readonly methods: readonly string[];
  /** Undefined: all. */
  readonly headers: readonly string[] | undefined;
  readonly maxAge: number;
  readonly privateNetwork: boolean;
}

/** Answers a browser that asks before it sends the real request. */
function preflight(
  request: Request,
  origin: string,
  method: string,
  rules: Rules,
): PlainTextResponse {
  const wanted = request.headers.get('access-control-request-headers');
  const toPrivate = request.headers.get('access-control-request-private-network') !== null;
  const allowed = rules.headers === undefined ? undefined : [...SAFE_HEADERS, ...rules.headers];
  const known = new Set(allowed?.map((name) => name.toLowerCase()));
  const refused = [
    ...(isAllowedOrigin(origin, rules.origins) ? [] : ['origin']),
    ...(rules.methods.includes(method) ? [] : ['method']),
    ...(allowed === undefined || names(wanted).every((name) => known.has(name)) ? [] : ['headers']),
    ...(toPrivate && !rules.privateNetwork ? ['private-network'] : []),
  ];
  const headers = {
    vary: PREFLIGHT_VARIES,
    'access-control-allow-methods': rules.methods.join(', '),
    'access-control-max-age': String(rules.maxAge),
    ...((allowed !== undefined || wanted !== null) && {
      'access-control-allow-headers': allowed?.join(', ') ?? wanted!,
    }),
    ...(toPrivate && rules.privateNetwork && { 'access-control-allow-private-network': 'true' }),
  };
  return refused.length === 0
    ? new PlainTextResponse('OK', { headers })
    : new PlainTextResponse(`Disallowed CORS ${refused.join(', ')}`, { status: 400, headers });
}

function listed(names: readonly string[] | undefined): readonly string[] | undefined {
  return names === undefined || names.includes('*') ? undefined : names;
}

function names(header: string | null): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
