import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Class } from '../schema/schema';
import type { Blueprint, Blueprints } from './blueprint';
import { RequiredScopes } from './context';
import { markEarly } from './early';
import { checkExitScopes } from './exit-scopes';
import type { ExitScope, Input, Node } from './model';
import type { Need } from './needs';
import type { Singletons } from './singletons';

/** A node while its graph is built. */
export type Draft = { -readonly [K in keyof Node]: Node[K] };

/** The nodes of one path operation, WebSocket or job. Two needs that share a result get the same node. */
export class Graph {
  readonly #drafts: Draft[] = [];
  readonly #guards = new Set<Node>();
  readonly #shared = new Map<Blueprint, Map<string, Draft>>();

  constructor(
    readonly blueprints: Blueprints,
    readonly singletons: Singletons,
  ) {}

  /** The inputs of the root, in its order. */
  inputs(needs: readonly Need[]): readonly Input[] {
    return needs.map((need) => this.#input(need, [], []));
  }

  controller(type: Class, where: Where): Node {
    const blueprint = this.blueprints.controller(type, where);
    return blueprint.lifetime === 'singleton'
      ? this.singletons.of(blueprint)
      : this.#draft(blueprint, 'function', [], []);
  }

  /** Freezes the graph once all needs of the root are resolved. */
  finish(): void {
    markEarly(this.#drafts, this.#guards);
    checkExitScopes(this.#drafts);
    for (const draft of this.#drafts) Object.freeze(draft);
  }

  #input(need: Need, scopes: readonly string[], chain: readonly Blueprint[]): Input {
    if (need.is === 'input') return need.input;
    if (need.is === 'context')
      return Object.freeze({
        kind: 'context',
        name: need.name,
        of: need.of,
        ...(need.of === 'scopes' && { value: new RequiredScopes(scopes) }),
      });
    return Object.freeze({ kind: 'node', name: need.name, node: this.#node(need, scopes, chain) });
  }

  #node(need: Need & { is: 'use' }, outer: readonly string[], chain: readonly Blueprint[]): Node {
    const { use, where } = need;
    const blueprint = this.blueprints.of(use.of, where);
    checkCycle(blueprint, chain, where);
    if (blueprint.lifetime === 'singleton') return this.singletons.of(blueprint);
    const scopes = [...new Set([...outer, ...use.scopes])];
    const exitScope = use.scope ?? blueprint.exitScope;
    const node =
      use.cache && blueprint.lifetime === 'request'
        ? this.#share(blueprint, exitScope, scopes, chain)
        : this.#draft(blueprint, exitScope, scopes, chain);
    if (this.blueprints.isGuard(need)) this.#guards.add(node);
    return node;
  }

  /** FastAPI's key: the callable, the scopes if it or what it needs looks at them, and when it closes. */
  #share(
    blueprint: Blueprint,
    exitScope: ExitScope,
    scopes: readonly string[],
    chain: readonly Blueprint[],
  ): Draft {
    const key = `${blueprint.generator === false ? '' : exitScope} ${this.blueprints.usesScopes(blueprint) ? scopes.toSorted().join(' ') : ''}`;
    const drafts = this.#shared.get(blueprint) ?? new Map<string, Draft>();
    this.#shared.set(blueprint, drafts);
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const draft = this.#draft(blueprint, exitScope, scopes, chain);
    drafts.set(key, draft);
    return draft;
  }

  #draft(
    blueprint: Blueprint,
    exitScope: ExitScope,
    scopes: readonly string[],
    chain: readonly Blueprint[],
  ): Draft {
    const inputs = Object.freeze(
      blueprint.needs.map((need) => this.#input(need, scopes, [...chain, blueprint])),
    );
    const draft: Draft = nodeOf(blueprint, inputs, exitScope, scopes);
    this.#drafts.push(draft);
    return draft;
  }
}

export function nodeOf(
  blueprint: Blueprint,
  inputs: readonly Input[],
  exitScope: ExitScope,
  scopes: readonly string[],
): Draft {
  const { kind, name, call, async, generator, lifetime, credentials, throws, where } = blueprint;
  return {
    kind,
    name,
    call,
    inputs,
    async,
    generator,
    lifetime,
    exitScope,
    early: false,
    credentials,
    scopes: Object.freeze(scopes),
    ...(throws !== undefined && { throws }),
    where,
  };
}

/** Refuses a dependency that needs itself, with the way round. */
export function checkCycle(blueprint: Blueprint, chain: readonly Blueprint[], where: Where): void {
  if (!chain.includes(blueprint)) return;
  const names = [...chain.slice(chain.indexOf(blueprint)), blueprint]
    .map(({ name }) => name)
    .join(' → ');
  throw new BootError(
    'DEPENDENCY_CYCLE',
    where,
    `${blueprint.name} needs itself: ${names}.`,
    'a third dependency that holds what both need',
  );
}
