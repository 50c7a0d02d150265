import { BootError } from '../errors/boot-error';
import type { Blueprint, Blueprints } from './blueprint';
import { checkCycle, nodeOf } from './graph';
import type { Input, Node } from './model';
import type { Need } from './needs';

/** The nodes that live as long as the application, in the order in which they are opened. */
export class Singletons {
  readonly #nodes = new Map<Blueprint, Node>();

  constructor(readonly blueprints: Blueprints) {}

  of(blueprint: Blueprint): Node {
    return this.#make(blueprint, []);
  }

  all(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  #make(blueprint: Blueprint, chain: readonly Blueprint[]): Node {
    const known = this.#nodes.get(blueprint);
    if (known !== undefined) return known;
    checkCycle(blueprint, chain, blueprint.where);
    const inputs = blueprint.needs.map((need) => this.#input(need, [...chain, blueprint]));
    const node = Object.freeze({
      ...nodeOf(blueprint, Object.freeze(inputs), 'request', []),
      lifetime: 'singleton' as const,
    });
    // One that lives for one use is made anew for each singleton that needs it.
    this.#nodes.set(blueprint.lifetime === 'call' ? { ...blueprint } : blueprint, node);
    return node;
  }

  #input(need: Need, chain: readonly Blueprint[]): Input {
    if (need.is === 'use') {
      const blueprint = this.blueprints.of(need.use.of, need.where);
      if (blueprint.lifetime === 'request')
        throw captive(chain, `${blueprint.name} (request)`, blueprint.name);
      return Object.freeze({ kind: 'node', name: need.name, node: this.#make(blueprint, chain) });
    }
    if (need.is === 'context') {
      if (need.of !== 'rooms') throw captive(chain, `the ${need.of} of a request`, undefined);
      return Object.freeze({ kind: 'context', name: need.name, of: need.of });
    }
    if (need.input.kind !== 'constant')
      throw captive(chain, `the ${need.input.kind} '${need.input.name}' of a request`, undefined);
    return need.input;
  }
}

/** A singleton would keep what belongs to the first request that comes. */
function captive(
  chain: readonly Blueprint[],
  what: string,
  dependency: string | undefined,
): BootError {
  const singleton = chain[0]!;
  const names = [...chain.map(({ name, lifetime }) => `${name} (${lifetime})`), what].join(' → ');
  const write =
    dependency === undefined
      ? `{ lifetime: 'request' } for ${singleton.name}`
      : `{ lifetime: 'singleton' } for ${dependency} as well, or { lifetime: 'request' } for ${singleton.name}`;
  return new BootError(
    'CAPTIVE_DEPENDENCY',
    singleton.where,
    `${singleton.name} lives as long as the application, but needs something that lives for one request: ${names}.`,
    write,
  );
}
