import { types as functions } from 'node:util';
import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Providers } from './graph/providers';
import { callTraits } from './graph/call-traits';
import { isClass, nameOf } from './classes';
import type { Node } from './node';
import type { Singletons } from './graph/singletons';

const WHERE = { member: 'lifespan' };

/** The lifespan as the first singleton: what it yields is the state of the server. */
export function lifespanOf(
  lifespan: unknown,
  providers: Providers,
  singletons: Singletons,
): Node | undefined {
  if (lifespan === undefined) return undefined;
  const facts = factsOf(lifespan);
  if (facts?.kind === 'dependency') {
    const provider = providers.of(lifespan, WHERE);
    if (provider.lifetime === 'singleton') return singletons.of(provider);
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
    requirements: [],
    ...callTraits(lifespan, undefined),
    lifetime: 'singleton',
    exitScope: 'request',
    credentials: undefined,
    where: WHERE,
  });
}
