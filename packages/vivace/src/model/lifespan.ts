import { types as functions } from 'node:util';
import { factsOf } from '../declare/declarations';
import { BootError } from '../errors/boot-error';
import type { Blueprints } from './blueprint';
import { callTraits } from './call-traits';
import { isClass, nameOf } from './classes';
import type { Node } from './model';
import type { Singletons } from './singletons';

const WHERE = { member: 'lifespan' };

/** The lifespan as the first singleton: what it yields is the state of the server. */
export function lifespanOf(
  lifespan: unknown,
  blueprints: Blueprints,
  singletons: Singletons,
): Node | undefined {
  if (lifespan === undefined) return undefined;
  const facts = factsOf(lifespan);
  if (facts?.is === 'dependency') {
    const blueprint = blueprints.of(lifespan, WHERE);
    if (blueprint.lifetime === 'singleton') return singletons.of(blueprint);
    throw new BootError(
      'LIFESPAN_VALUE',
      WHERE,
      `The lifespan is ${nameOf(lifespan)}, which lives for one request.`,
      `dependency(…, { lifetime: 'singleton' })`,
    );
  }
  if (
    typeof lifespan !== 'function' ||
    isClass(lifespan) ||
    (functions.isAsyncFunction(lifespan) && !functions.isGeneratorFunction(lifespan))
  ) {
    throw new BootError(
      'LIFESPAN_VALUE',
      WHERE,
      `The lifespan is ${nameOf(lifespan)}.`,
      'async function* () { …; yield state; … }, or a generator dependency with the lifetime singleton',
    );
  }
  return singletons.of({
    kind: 'function',
    name: lifespan.name === '' ? 'lifespan' : lifespan.name,
    call: lifespan,
    needs: [],
    ...callTraits(lifespan, undefined),
    lifetime: 'singleton',
    exitScope: 'request',
    credentials: undefined,
    where: WHERE,
  });
}
