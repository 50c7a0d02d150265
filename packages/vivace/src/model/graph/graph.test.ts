import { occasionOf } from '../../declare/occasion';
import { Injectable } from '../../declare/injectable';
import { dependency } from '../../declare/dependency';
import type { Lifetime } from '../../declare/options/dependency-options';
import type { Needs } from '../../declare/provided';
import { loadTypes } from '../../reflect/load';
import { SchemaBuilder } from '../../schema/builder';
import type { Node } from '../node';
import { Graph } from './graph';
import { Providers } from './providers';
import { useOf } from './requirements';
import { Singletons } from './singletons';
import { Substitutions } from './substitutions';
import { walk } from './walk';

/** The graph of something that needs these, in this order. */
function graphOf(...needs: readonly Needs[]) {
  const types = loadTypes({ mode: 'decorators' });
  const builder = new SchemaBuilder(types, { extra: 'ignore', strict: false });
  const context = {
    types,
    builder,
    substitutions: new Substitutions(undefined, []),
    parts: new Set(),
  };
  const providers = new Providers(context);
  const singletons = new Singletons(providers);
  const graph = new Graph(providers, singletons, occasionOf({ kind: 'http' }));
  const inputs = graph.inputs(
    needs.map((need, index) => useOf(`need${index}`, need, { member: 'root' }, context)),
  );
  graph.finish();
  const nodes = inputs.flatMap((input) => (input.kind === 'node' ? [input.node] : []));
  return { nodes, singletons: singletons.all() };
}

const named = (name: string, inputs: Readonly<Record<string, Needs>> = {}, lifetime?: Lifetime) =>
  dependency(inputs, () => name, { name, ...(lifetime !== undefined && { lifetime }) });
const namesOf = (nodes: Iterable<Node>): readonly string[] => Array.from(nodes, ({ name }) => name);

describe('nodes of a graph', () => {
  test('what two share is one node, unless it lives for one call', () => {
    const session = named('session');
    const clock = named('clock', {}, 'call');
    const { nodes } = graphOf(
      named('users', { session, clock }),
      named('orders', { session, clock }),
    );
    expect(namesOf(walk(nodes))).toEqual(['users', 'session', 'clock', 'orders', 'clock']);
  });

  test('stand in written order, each before what it needs', () => {
    const engine = named('engine');
    const session = named('session', { engine });
    const { nodes } = graphOf(named('first', { session }), engine, named('last'));
    expect(namesOf(nodes)).toEqual(['first', 'engine', 'last']);
    expect(namesOf(walk(nodes))).toEqual(['first', 'session', 'engine', 'last']);
  });

  test('cannot be changed', () => {
    const { nodes } = graphOf(named('session'));
    expect(nodes.every(Object.isFrozen)).toBe(true);
  });
});

describe('lifetimes', () => {
  test('a singleton is one for the whole application, opened after what it needs', () => {
    const settings = named('settings', {}, 'singleton');
    const pool = named('pool', { settings }, 'singleton');
    const { singletons } = graphOf(named('users', { pool }), named('orders', { pool }));
    expect(namesOf(singletons)).toEqual(['settings', 'pool']);
  });

  test('a singleton makes what lives for one call for itself', () => {
    const clock = named('clock', {}, 'call');
    const { singletons } = graphOf(
      named('one', { clock }, 'singleton'),
      named('other', { clock }, 'singleton'),
    );
    expect(namesOf(singletons)).toEqual(['clock', 'one', 'clock', 'other']);
  });

  test('a singleton cannot keep what lives for a request', () => {
    const pool = named('pool', { session: named('session') }, 'singleton');
    expect(() => graphOf(pool)).toThrow(
      expect.objectContaining({
        code: 'CAPTIVE_DEPENDENCY',
        message: expect.stringContaining('pool (singleton) → session (request)'),
      }),
    );
  });

  test('an injectable lives as its decorator says', () => {
    @Injectable()
    class Users {}
    @Injectable({ lifetime: 'singleton' })
    class Pool {}
    const { nodes, singletons } = graphOf(Users, Pool);
    expect(nodes.map(({ name, lifetime }) => [name, lifetime])).toEqual([
      ['Users', 'request'],
      ['Pool', 'singleton'],
    ]);
    expect(namesOf(singletons)).toEqual(['Pool']);
  });
});

describe('circles', () => {
  /** Two classes that need each other: TypeScript sees the second before it is there, so what it leaves is said here. */
  function circle(lifetime: Lifetime): Needs {
    class Chicken {
      constructor(readonly egg: object) {}
    }
    class Egg {
      constructor(readonly chicken: object) {}
    }
    for (const [type, needs] of [
      [Chicken, Egg],
      [Egg, Chicken],
    ] as const) {
      Reflect.defineMetadata('design:paramtypes', [needs], type);
      Injectable({ lifetime })(type);
    }
    return Chicken;
  }

  test.each<Lifetime>(['request', 'singleton'])(
    'classes with the lifetime %s that need each other are refused with the way round',
    (lifetime) => {
      expect(() => graphOf(circle(lifetime))).toThrow(
        expect.objectContaining({
          code: 'DEPENDENCY_CYCLE',
          message: expect.stringContaining('Chicken → Egg → Chicken'),
        }),
      );
    },
  );
});
