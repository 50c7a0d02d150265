import { carry, factsOf, type SchemeFacts } from '../declare/value-facts';
import type { Dependency, Provided } from '../declare/provided';
import { HTTPException } from '../errors/http-exception';
import type { SecurityScheme } from './scheme';

type Schemes = Readonly<Record<string, SecurityScheme<unknown>>>;
/** The credentials of one scheme under its key; the other keys are undefined. */
type OneOf<S extends Schemes> = {
  [K in keyof S]: { readonly [Key in K]: NonNullable<Provided<S[K]>> } & {
    readonly [Other in Exclude<keyof S, K>]?: undefined;
  };
}[keyof S];

/**
 * Takes the credentials of any of several schemes: the first that the request has. Without any it
 * answers 401 with all challenges. The document shows the schemes as alternatives.
 *
 * @param schemes the schemes, by the key under which their credentials are given
 * @example
 * const caller = dependency({ by: anyOf({ token: oauth2, key: apiKey }) }, ({ by }) =>
 *   by.token !== undefined ? userOfToken(by.token) : userOfKey(by.key),
 * );
 */
export function anyOf<const S extends Schemes>(schemes: S): Dependency<OneOf<S>> {
  const alternatives = Object.entries(schemes).map(([key, scheme]) => ({
    key,
    scheme,
    facts: factsOf(scheme) as SchemeFacts,
  }));
  const find: SchemeFacts['find'] = (request) => {
    for (const { key, facts } of alternatives) {
      const credentials = facts.find(request);
      if (credentials !== undefined) return { [key]: credentials };
    }
    return undefined;
  };
  const read: SchemeFacts['read'] = (request) => {
    const credentials = find(request);
    if (credentials === undefined) throw joined(alternatives.map(({ scheme }) => scheme.reject()));
    return credentials;
  };
  const facts: SchemeFacts = {
    kind: 'scheme',
    name: alternatives.map((each) => each.facts.name).join('Or'),
    schemes: Object.freeze(alternatives.flatMap((each) => each.facts.schemes)),
    optional: false,
    find,
    read,
  };
  return carry({}, facts) as Dependency<OneOf<S>>;
}

/** The first refusal with the challenges of all. */
function joined(refusals: readonly HTTPException[]): HTTPException {
  const [{ status, detail, headers } = new HTTPException(401)] = refusals;
  const challenges = refusals.flatMap((refusal) => refusal.headers['WWW-Authenticate'] ?? []);
  return new HTTPException(status, detail, {
    headers: { ...headers, 'WWW-Authenticate': [...new Set(challenges)].join(', ') },
  });
}
