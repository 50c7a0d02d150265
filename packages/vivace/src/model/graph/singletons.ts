import { BootError } from '../../errors/boot-error';
import type { Provider } from './provider';
import type { Providers } from './providers';
import { checkCycle, nodeOf } from './draft';
import type { Input, Node } from '../node';
import { placeholderOutside } from '../transport';
import type { Requirement } from './requirements';

/** The nodes that live as long as the application, in the order in which they are opened. */
export class Singletons {
  readonly #nodes = new Map<Provider, Node>();

  constructor(readonly providers: Providers) {}

  of(provider: Provider): Node {
    return this.#make(provider, []);
  }

  all(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  #make(provider: Provider, chain: readonly Provider[]): Node {
    const known = this.#nodes.get(provider);
    if (known !== undefined) return known;
    checkCycle(provider, chain, provider.where);
    const inputs = provider.requirements.map((requirement) =>
      this.#input(requirement, [...chain, provider]),
    );
    const node = Object.freeze({
      ...nodeOf(provider, Object.freeze(inputs), 'request', []),
      lifetime: 'singleton' as const,
    });
    // One that lives for one use is made anew for each singleton that needs it.
    this.#nodes.set(provider.lifetime === 'call' ? { ...provider } : provider, node);
    return node;
  }

  #input(requirement: Requirement, chain: readonly Provider[]): Input {
    if (requirement.kind === 'use') {
      const { substitutions } = this.providers.context;
      const needed = substitutions.forSingletons(requirement.use.of);
      const provider = this.providers.of(needed, requirement.where);
      if (provider.lifetime === 'request')
        throw captive(chain, `${provider.name} (request)`, provider.name);
      return Object.freeze({
        kind: 'node',
        name: requirement.name,
        node: this.#make(provider, chain),
      });
    }
    if (requirement.kind === 'context') {
      if (requirement.of !== 'rooms')
        throw captive(chain, `the ${requirement.of} of a request`, undefined);
      return Object.freeze({ kind: 'context', name: requirement.name, of: requirement.of });
    }
    if (requirement.input.kind === 'given')
      throw placeholderOutside(
        chain.map(({ name }) => name).join(' → '),
        requirement.input,
        chain[0]!.where,
      );
    if (requirement.input.kind !== 'constant')
      throw captive(
        chain,
        `the ${requirement.input.kind} '${requirement.input.name}' of a request`,
        undefined,
      );
    return requirement.input;
  }
}

/** A singleton would keep what belongs to the first request that comes. */
function captive(
  chain: readonly Provider[],
  what: string,
  dependency: string | undefined,
): BootError {
  const singleton = chain[0]!;
  const names = [...chain.map(({ name, lifetime }) => `${name} (${lifetime})`), what].join(' → ');
  const write =
    dependency === undefined
      ? `{ lifetime: 'request' } for ${singleton.name}`
      : `{ lifetime: 'singleton' } for ${dependency} as well, or { lifetime: 'request' } for ${singleton.name}; app.run(…) for what no request does`;
  return new BootError(
    'CAPTIVE_DEPENDENCY',
    singleton.where,
    `${singleton.name} lives as long as the application, but needs something that lives for one request: ${names}.`,
    write,
  );
}
