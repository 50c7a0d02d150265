import type { Where } from '../../errors/where';
import type { Class } from '../../declare/class';
import type { Occasion } from '../../declare/occasion';
import type { Provider } from './provider';
import type { Providers } from './providers';
import { RequiredScopes } from '../inputs/context';
import { checkCycle, nodeOf, type Draft } from './draft';
import { checkExitScopes } from './exit-scopes';
import { markGuards } from './guards';
import { nodesAmong } from './root';
import { constraintClassesOf } from '../../schema/constraint-instances';
import type { Schema } from '../../schema/schema';
import type { InjectedClass, Input, Node } from '../node';
import type { ExitScopeName } from '../../declare/options/dependency-options';
import type { Requirement } from './requirements';
import type { Singletons } from './singletons';

/** The nodes of one path operation, WebSocket or job. Two requirements that share a result get the same node. */
export class Graph {
  readonly #drafts: Draft[] = [];
  readonly #guards = new Set<Node>();
  readonly #shared = new Map<Provider, Map<string, Draft>>();

  constructor(
    readonly providers: Providers,
    readonly singletons: Singletons,
    readonly occasion: Occasion,
  ) {}

  /** The inputs of the root, in its order. */
  inputs(requirements: readonly Requirement[]): readonly Input[] {
    return requirements.map((requirement) => this.#input(requirement, [], []));
  }

  /** The dependencies that run for their effect: those that ask who sends a request guard, whatever they are made of. */
  effects(requirements: readonly Requirement[]): readonly Node[] {
    const inputs = this.inputs(requirements);
    const guarding = inputs.filter((_, index) => this.providers.guards(requirements[index]!));
    for (const node of nodesAmong(guarding)) this.#guards.add(node);
    return nodesAmong(inputs);
  }

  controller(type: Class, where: Where): Node {
    const provider = this.providers.controller(type, where);
    return provider.lifetime === 'singleton'
      ? this.singletons.of(provider)
      : this.#draft(provider, 'function', [], []);
  }

  /** What the container makes for the constraints of some inputs, and of an answer. */
  constraints(inputs: readonly Input[], where: Where, answer?: Schema): Pick<Node, 'constraints'> {
    return this.#constraints(inputs, where, [], [], answer);
  }

  /** Freezes the graph once all requirements of the root are resolved. */
  finish(): void {
    markGuards(this.#drafts, this.#guards);
    checkExitScopes(this.#drafts);
    for (const draft of this.#drafts) Object.freeze(draft);
  }

  #input(requirement: Requirement, scopes: readonly string[], chain: readonly Provider[]): Input {
    if (requirement.kind === 'input') return requirement.input;
    if (requirement.kind === 'context')
      return Object.freeze({
        kind: 'context',
        name: requirement.name,
        of: requirement.of,
        ...(requirement.of === 'scopes' && { value: new RequiredScopes(scopes) }),
        ...(requirement.of === 'occasion' && { value: this.occasion }),
      });
    return Object.freeze({
      kind: 'node',
      name: requirement.name,
      node: this.#node(requirement, scopes, chain),
    });
  }

  #node(
    requirement: Requirement & { kind: 'use' },
    outer: readonly string[],
    chain: readonly Provider[],
  ): Node {
    const { use, where } = requirement;
    const provider = this.providers.of(use.of, where);
    checkCycle(provider, chain, where);
    if (provider.lifetime === 'singleton') return this.singletons.of(provider);
    const scopes = [...new Set([...outer, ...use.scopes])];
    const exitScope = use.scope ?? provider.exitScope;
    const node =
      use.cache && provider.lifetime === 'request'
        ? this.#share(provider, exitScope, scopes, chain)
        : this.#draft(provider, exitScope, scopes, chain);
    if (this.providers.isGuard(requirement)) this.#guards.add(node);
    return node;
  }

  /** FastAPI's key: the callable, the scopes if it or what it needs looks at them, and when it closes. */
  #share(
    provider: Provider,
    exitScope: ExitScopeName,
    scopes: readonly string[],
    chain: readonly Provider[],
  ): Draft {
    const key = `${provider.generator === false ? '' : exitScope} ${this.providers.usesScopes(provider) ? scopes.toSorted().join(' ') : ''}`;
    const drafts = this.#shared.get(provider) ?? new Map<string, Draft>();
    this.#shared.set(provider, drafts);
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const draft = this.#draft(provider, exitScope, scopes, chain);
    drafts.set(key, draft);
    return draft;
  }

  #draft(
    provider: Provider,
    exitScope: ExitScopeName,
    scopes: readonly string[],
    chain: readonly Provider[],
  ): Draft {
    const inputs = Object.freeze(
      provider.requirements.map((requirement) =>
        this.#input(requirement, scopes, [...chain, provider]),
      ),
    );
    const constraints = this.#constraints(inputs, provider.where, scopes, [...chain, provider]);
    const draft: Draft = { ...nodeOf(provider, inputs, exitScope, scopes), ...constraints };
    this.#drafts.push(draft);
    return draft;
  }

  #constraints(
    inputs: readonly Input[],
    where: Where,
    scopes: readonly string[],
    chain: readonly Provider[],
    answer?: Schema,
  ): Pick<Node, 'constraints'> {
    const schemas = inputs.flatMap((input) => ('schema' in input ? [input.schema] : []));
    if (answer !== undefined) schemas.push(answer);
    const types = new Set(schemas.flatMap((schema) => [...constraintClassesOf(schema)]));
    const constraints = [...types].flatMap((type): InjectedClass[] => {
      const provider = this.providers.constraint(type, where);
      if (provider === undefined) return [];
      checkCycle(provider, chain, where);
      const node =
        provider.lifetime === 'singleton'
          ? this.singletons.of(provider)
          : this.#share(provider, provider.exitScope, scopes, chain);
      return [{ type, input: Object.freeze({ kind: 'node', name: type.name, node }) }];
    });
    return constraints.length === 0 ? {} : { constraints: Object.freeze(constraints) };
  }
}
