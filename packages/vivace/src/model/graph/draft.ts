import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { ExitScopeName } from '../../declare/options/dependency-options';
import type { Input, Node } from '../node';
import type { Provider } from './provider';

/** A node while its graph is built. */
export type Draft = { -readonly [K in keyof Node]: Node[K] };

export function nodeOf(
  provider: Provider,
  inputs: readonly Input[],
  exitScope: ExitScopeName,
  scopes: readonly string[],
): Draft {
  const { kind, name, call, async, generator, lifetime, credentials, where } = provider;
  const { opens, explain, throws } = provider;
  return {
    kind,
    name,
    call,
    inputs,
    async,
    generator,
    lifetime,
    exitScope,
    guard: false,
    credentials,
    scopes: Object.freeze(scopes),
    ...(opens !== undefined && { opens }),
    ...(explain !== undefined && { explain }),
    ...(throws !== undefined && { throws }),
    where,
  };
}

/** Refuses a dependency that needs itself, with the way round. */
export function checkCycle(provider: Provider, chain: readonly Provider[], where: Where): void {
  if (!chain.includes(provider)) return;
  const names = [...chain.slice(chain.indexOf(provider)), provider]
    .map(({ name }) => name)
    .join(' → ');
  throw new BootError(
    'DEPENDENCY_CYCLE',
    where,
    `${provider.name} needs itself: ${names}.`,
    'a third dependency that holds what both need',
  );
}
