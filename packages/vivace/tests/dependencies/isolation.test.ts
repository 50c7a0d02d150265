import * as fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { Controller, Depends, Get, Request, Vivace, dependency, type Dependency } from 'vivace';
import { testClient } from 'vivace/testing';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

type Kind = 'function' | 'async function' | 'generator' | 'async generator';
interface Shape {
  readonly kind: Kind;
  /** Nodes before it that it needs, by their distance. */
  readonly needs: readonly number[];
}
/** What a node gives: which node it is, and for which request it was made. */
interface Made {
  readonly node: number;
  readonly visitor: string;
}
/** What happens in one request. */
interface Visit {
  readonly fails: number | 'handler' | undefined;
  readonly opened: number[];
  readonly closed: number[];
  readonly thrown: number[];
  /** Values that were made for somebody else. */
  readonly foreign: Made[];
}

const graph = fc.array(
  fc.record<Shape>({
    kind: fc.constantFrom('function', 'async function', 'generator', 'async generator'),
    needs: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const failures = fc.array(
  fc.option(fc.oneof(fc.constant('handler' as const), fc.nat({ max: 7 })), { nil: undefined }),
  {
    minLength: 5,
    maxLength: 20,
  },
);

/** The nodes of a graph as dependencies; each notes what happens to it in the visit of its request. */
function nodesOf(shapes: readonly Shape[], visits: ReadonlyMap<string, Visit>): Dependency<Made>[] {
  const nodes: Dependency<Made>[] = [];
  for (const [node, { kind, needs }] of shapes.entries()) {
    const needed = needs
      .filter((distance) => distance <= node)
      .map((distance) => [`need${distance}`, nodes[node - distance]!] as const);
    const inputs = { request: Request, ...Object.fromEntries(needed) };
    type Given = { request: Request } & Record<string, unknown>;
    const begin = (given: Given): { visit: Visit; made: Made } => {
      const { request, ...others } = given;
      const visitor = request.headers.get('visitor')!;
      const visit = visits.get(visitor)!;
      visit.foreign.push(
        ...(Object.values(others) as Made[]).filter((other) => other.visitor !== visitor),
      );
      if (visit.fails === node) throw new Error(`node ${node}`);
      visit.opened.push(node);
      return { visit, made: { node, visitor } };
    };
    const turns = async ({ request }: Given): Promise<void> => {
      for (let count = (Number(request.headers.get('visitor')) * 7 + node) % 4; count > 0; count--)
        await turn();
    };
    const calls: Record<Kind, (given: Given) => unknown> = {
      function: (given) => begin(given).made,
      'async function': async (given) => {
        await turns(given);
        return begin(given).made;
      },
      *generator(given) {
        const { visit, made } = begin(given);
        try {
          yield made;
        } catch (error) {
          visit.thrown.push(node);
          throw error;
        } finally {
          visit.closed.push(node);
        }
      },
      async *'async generator'(given) {
        await turns(given);
        const { visit, made } = begin(given);
        try {
          yield made;
        } catch (error) {
          visit.thrown.push(node);
          throw error;
        } finally {
          await turns(given);
          visit.closed.push(node);
        }
      },
    };
    nodes.push(dependency(inputs, calls[kind] as (given: object) => Made));
  }
  return nodes;
}

it('whatever requests need, each gets its own, made once, and all that was opened is closed in reverse', async () => {
  await fc.assert(
    fc.asyncProperty(graph, failures, async (shapes, fails) => {
      const visits = new Map(
        fails.map((failing, visitor): [string, Visit] => [
          String(visitor),
          { fails: failing, opened: [], closed: [], thrown: [], foreign: [] },
        ]),
      );
      const nodes = nodesOf(shapes, visits);
      @Controller()
      class Graph {
        @Get('/', { dependencies: nodes.slice(0, -1) })
        async read(
          @Depends(nodes.at(-1)!) last: Made,
          request: Request,
        ): Promise<{ node: number; visitor: string }> {
          await turn();
          if (visits.get(request.headers.get('visitor')!)!.fails === 'handler')
            throw new Error('handler');
          return last;
        }
      }
      await using client = await testClient(new Vivace({ controllers: [Graph] }), {
        raiseErrors: false,
      });
      await Promise.all(
        [...visits].map(async ([visitor, visit]) => {
          const response = await client.get('/', { headers: { visitor } });
          const failed =
            visit.fails === 'handler' || (visit.fails !== undefined && visit.fails < shapes.length);
          expect(response.status).toBe(failed ? 500 : 200);
          if (!failed) expect(response.json()).toEqual({ node: shapes.length - 1, visitor });
        }),
      );
      for (const { fails: failing, opened, closed, thrown, foreign } of visits.values()) {
        expect(foreign).toEqual([]);
        expect(opened.toSorted((a, b) => a - b)).toEqual(
          [...new Set(opened)].toSorted((a, b) => a - b),
        );
        if (typeof failing !== 'number' || failing >= shapes.length)
          expect(opened).toHaveLength(shapes.length);
        for (const [position, node] of opened.entries())
          for (const distance of shapes[node]!.needs.filter((need) => need <= node))
            expect(opened.slice(0, position)).toContain(node - distance);
        const generators = opened.filter((node) => shapes[node]!.kind.endsWith('generator'));
        expect(closed).toEqual(generators.toReversed());
        expect(thrown).toEqual(
          opened.length < shapes.length || failing === 'handler' ? closed : [],
        );
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 200) },
  );
}, 60_000);
