import { checkNumbers } from '../declare/numbers';
import { checkWireName } from '../declare/wire-names';
import type { Request } from '../declare/context-classes';
import { callOf, callSite } from '../declare/call-site';
import type { Middleware } from '../declare/options/layer-options';
import { knownExample, tooShortToSign } from '../declare/weak-secret';
import { BootError } from '../errors/boot-error';
import { HTTPException } from '../errors/http-exception';
import { isProduction } from '../declare/environment';
import type { Response } from '../responses/response';
import { joinedNames } from '../http/response';
import { needsSecure } from '../responses/cookie';
import { isCrossSite } from './cross-site';
import { defineMiddleware } from './define-middleware';
import { Seal } from './seal';
import { CookieStorage, StoreStorage, type SessionStorage } from './session-storage';
import { memoryStore } from '../stores/memory-store';
import { storeFacts, storeOf } from './store-of';
import type { Store } from '../declare/store';
import { RequestSession } from './request-session';

const FORTNIGHT = 14 * 24 * 60 * 60;

/** How sessions are kept. */
export interface SessionsOptions {
  /**
   * At least 32 random bytes as text. Of several the first seals new cookies, and all open those
   * that come back.
   */
  readonly secret: string | readonly string[];
  /**
   * The name of the cookie.
   * @default `session`
   */
  readonly cookie?: string;
  /**
   * Seconds without use after which a session is forgotten.
   * @default 14 days
   */
  readonly maxAge?: number;
  /**
   * Whether requests from pages of other sites bring the cookie.
   * @default `'lax'`
   */
  readonly sameSite?: 'lax' | 'strict' | 'none';
  /**
   * Whether the cookie is sent over https only.
   * @default `true` where the request came over https
   */
  readonly secure?: boolean;
  /**
   * The host that the cookie is sent to, with the hosts below it.
   * @default the own host only
   */
  readonly domain?: string;
  /**
   * Whether each site that embeds this one has sessions of its own.
   * @default `false`
   */
  readonly partitioned?: boolean;
  /**
   * Where the data is kept; `true`: in the store of an extension, else in the memory of this process.
   * @default in the cookie, encrypted
   */
  readonly store?: Store | true;
  /**
   * Whether writes from pages of other sites are refused, by `Sec-Fetch-Site` and `Origin`;
   * `origins` names those that may write.
   * @default `true`
   */
  readonly csrf?: boolean | { readonly origins: readonly string[] };
}

/**
 * Keeps data of a visitor from request to request: in an encrypted cookie, or in a store. Inject it
 * as `session: WebSession`.
 *
 * Nothing is kept until something is written. Without a store an old cookie cannot be taken back:
 * use one where a logout has to count.
 *
 * @throws BootError in production for a secret that can be guessed
 * @example new Vivace({ middleware: [sessions({ secret: settings.sessionSecret.reveal() })] })
 */
export function sessions(options: SessionsOptions): Middleware {
  const { cookie = 'session', maxAge = FORTNIGHT, store, csrf = true } = options;
  checkNumbers(sessions, { maxAge });
  checkWireName('setCookie', cookie, callOf(sessions, 'cookie'));
  const secrets = [options.secret].flat();
  checkSecrets(secrets, callSite(sessions));
  const seal = new Seal(secrets, `session ${cookie}`);
  const keeperFor = keeperOf(store, seal, maxAge);
  const guard = store === undefined ? <T>(_: Request, ask: () => Promise<T>) => ask() : available;
  const trusted = typeof csrf === 'object' ? csrf.origins : [];
  const facts = {
    name: 'sessions',
    ...(store !== undefined && { store: storeFacts(store === true ? undefined : store) }),
  };
  return defineMiddleware(facts, async (request, next) => {
    if (csrf !== false && isCrossSite(request, trusted)) throw crossSite(request);
    const keeper = keeperFor(request);
    const sent = request.cookies[cookie];
    const session = new RequestSession(
      sent === undefined ? undefined : await guard(request, () => keeper.load(sent)),
    );
    request.state.session = session;
    const response = await next();
    if (session.seen)
      response.headers.set('vary', joinedNames(response.headers.get('vary'), 'Cookie'));
    await guard(request, () =>
      finish(session, keeper, request, response, {
        ...options,
        cookie,
        maxAge,
      }),
    );
    return response;
  });
}

function keeperOf(
  store: SessionsOptions['store'],
  seal: Seal,
  maxAge: number,
): (request: Request) => SessionStorage {
  if (store === undefined) {
    const keeper = new CookieStorage(seal, maxAge);
    return () => keeper;
  }
  const storeFor = storeOf(store === true ? undefined : store, memoryStore, true);
  return (request) => new StoreStorage(storeFor(request), seal, maxAge);
}

/** Keeps what was written, renews what is in use, takes back the cookie of what has ended. */
async function finish(
  session: RequestSession,
  keeper: SessionStorage,
  request: Request,
  response: Response,
  {
    cookie,
    maxAge,
    sameSite = 'lax',
    secure,
    domain,
    partitioned = false,
  }: SessionsOptions & { readonly cookie: string; readonly maxAge: number },
): Promise<void> {
  const { kept } = session;
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite,
    ...(domain !== undefined && { domain }),
    ...(partitioned && { partitioned }),
    secure:
      secure ??
      (needsSecure(cookie, { sameSite, partitioned }) || request.fastify.protocol === 'https'),
  };
  if (kept !== undefined && (session.ended || session.empty)) await keeper.end(kept);
  if (session.empty) {
    // One that is not known may have been replaced by a login that runs at the same time.
    if (kept !== undefined) response.deleteCookie(cookie, attributes);
    return;
  }
  const aging = kept !== undefined && kept.time + maxAge / 2 < Date.now() / 1000;
  if (!session.changed && !aging) return;
  const text = await keeper.save(session);
  if (text === undefined) return;
  response.setCookie(cookie, text, { ...attributes, maxAge });
}

/** Nobody is taken for a new visitor because a store does not answer. */
async function available<T>(request: Request, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    request.log.error({ err: cause }, 'The store of the sessions failed');
    throw new HTTPException(503, undefined, { headers: { 'retry-after': '1' } });
  }
}

function crossSite(request: Request): HTTPException {
  const origin = request.headers.get('origin') ?? 'https://shop.example';
  request.log.warn(
    `A page of another site sent ${request.method} ${request.rawPath}; sessions({ csrf: { origins: ['${origin}'] } }) lets it.`,
  );
  return new HTTPException(403, 'Cross-site request refused');
}

function checkSecrets(
  secrets: readonly string[],
  { file, line }: ReturnType<typeof callSite>,
): void {
  const weak = isProduction()
    ? secrets.map(weakness).find((reason) => reason !== undefined)
    : undefined;
  const missing = secrets.length === 0 || secrets.includes('');
  if (!missing && weak === undefined) return;
  throw new BootError(
    'SESSION_SECRET',
    { member: 'sessions', parameter: 'secret', file, line },
    `${missing ? 'There is no secret' : `The secret ${weak}`}, so that anybody could make cookies.`,
    'at least 32 random bytes from the environment, made by: openssl rand -base64 32',
  );
}

function weakness(secret: string): string | undefined {
  return (
    tooShortToSign(secret) ??
    knownExample(secret) ??
    (new Set(secret).size < 10 ? 'repeats a few characters' : undefined)
  );
}
