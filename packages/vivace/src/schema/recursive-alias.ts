import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { RecursiveSchema, Schema } from './schema';

/** An alias whose arguments grow with each mention of itself (`Grow<T[]>`) never ends. */
export const LONGEST_ARGUMENTS = 1000;

/** An alias while it is read: met again inside itself, it is a name for what it will be. */
export class OpenAlias {
  #schema: RecursiveSchema | undefined;
  #inner: Schema | undefined;

  readonly #name: string;

  readonly #generic: boolean;

  constructor(name: string, generic: boolean) {
    this.#name = name;
    this.#generic = generic;
  }

  get isMet(): boolean {
    return this.#schema !== undefined;
  }

  meet(): RecursiveSchema {
    const inner = (): Schema => this.#inner!;
    return (this.#schema ??= {
      kind: 'recursive',
      name: this.#name,
      ...(this.#generic && { generic: true as const }),
      get inner() {
        return inner();
      },
    });
  }

  close(inner: Schema): RecursiveSchema {
    this.#inner = inner;
    return this.meet();
  }
}

export const endless = (name: string, where: Where) =>
  new BootError(
    'RECURSIVE_ALIAS',
    where,
    `the type ${name} grows with each mention of itself`,
    `a type that mentions itself with the same arguments: \`type ${name}<T> = T | ${name}<T>[]\``,
  );
