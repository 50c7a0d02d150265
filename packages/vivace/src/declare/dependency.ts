import type { DependencyOptions, DependsOptions } from './options/dependency-options';
import { carry, factsOf, type DependencyFacts, type UseFacts } from './value-facts';
import type { Dependency, Needs, Provided } from './provided';
import { mark, type Input } from './mark';
import { named, callSite } from './call-site';
import { Placement } from './placement';

export type Produced<R> = R extends
  AsyncGenerator<infer Y, unknown, never> | Generator<infer Y, unknown, never>
  ? Y
  : Awaited<R>;

/**
 * Makes a dependency of a function, whose result is injected. Of a generator the yielded value is
 * injected, and what follows the `yield` is clean-up.
 *
 * @param inputs what the function needs, by name: inputs, dependencies, security schemes, classes
 * @param call called with one object of these
 * @example
 * const page = dependency({ skip: Query(int, { default: 0 }) }, ({ skip }) => ({ skip }));
 */
export function dependency<R>(call: () => R, options?: DependencyOptions): Dependency<Produced<R>>;
export function dependency<const I extends Readonly<Record<string, Needs>>, R>(
  inputs: I,
  call: (inputs: { -readonly [K in keyof I]: Provided<I[K]> }) => R,
  options?: DependencyOptions,
): Dependency<Produced<R>>;
export function dependency(...given: readonly unknown[]): Dependency<unknown> {
  const identity = identityOf(given.at(-1));
  const written = identity === undefined ? given : given.slice(0, -1);
  const [inputs, call, options] = (
    typeof written[0] === 'function' ? [undefined, ...written] : written
  ) as [DependencyFacts['inputs'], Function, DependencyOptions | undefined];
  const name =
    options?.name ??
    identity?.slice(identity.indexOf('#') + 1).replace(/~\d+$/, '') ??
    (call.name || 'dependency');
  const { lifetime = 'request', scope = 'function', opens, explain, throws = [] } = options ?? {};
  const where = named(callSite(dependency), { member: name });
  const facts: DependencyFacts = {
    kind: 'dependency',
    call,
    inputs: inputs && Object.freeze({ ...inputs }),
    lifetime,
    scope,
    opens,
    explain,
    throws,
    name,
    id: identity,
    where,
  };
  return carry({}, facts);
}

const PARAMETERS = ['a parameter', 'a parameter of a constructor'] as const;
const dependsPlacement = new Placement('Depends', PARAMETERS, '`@Depends(page) page: Page`');
const securityPlacement = new Placement(
  'Security',
  PARAMETERS,
  "`@Security(user, ['items']) user: User`",
);

/**
 * Injects a dependency; the parameter's type is checked.
 *
 * @example
 * list(@Depends(page) page: Page) {}
 */
export function Depends<D extends Needs>(
  dependency: D,
  options: DependsOptions = {},
): Input<Provided<D>> {
  dependsPlacement.checkCalled(arguments, Depends);
  return use(dependency, options, [], Depends);
}

/**
 * Injects a dependency, and adds the scopes that it requires.
 *
 * @example
 * create(@Security(currentUser, ['items']) user: User) {}
 */
export function Security<D extends Needs>(
  dependency: D,
  scopes: readonly string[] = [],
  options: DependsOptions = {},
): Input<Provided<D>> {
  securityPlacement.checkCalled(arguments, Security);
  return use(dependency, options, scopes, Security);
}

function use<T>(
  of: Needs,
  { cache = true, scope }: DependsOptions,
  scopes: readonly string[],
  factory: typeof Depends | typeof Security,
): Input<T> {
  const security = factory === Security;
  const facts: UseFacts = {
    kind: 'use',
    of,
    cache,
    scope,
    security,
    scopes: Object.freeze([...scopes]),
  };
  return mark(facts, security ? securityPlacement : dependsPlacement, factory);
}

const ID = Symbol.for('vivace.id');

/** The compiler adds a last argument that says which variable the dependency is assigned to. */
function identityOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && factsOf(value) === undefined
    ? (value as { readonly [ID]?: string })[ID]
    : undefined;
}
