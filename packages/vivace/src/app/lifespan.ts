import type { FastifyBaseLogger } from 'fastify';
import { isGenerator, isThenable, type AnyGenerator } from '../errors/async';
import { BootError } from '../errors/boot-error';
import type { Input, Node } from '../model/node';
import type { Class } from '../declare/class';
import type { Environment } from '../declare/environment';
import { readSettings } from '../settings/load';
import { ExitScope, type Failure } from '../http/exit-scope';
import { settlesWithin } from '../http/settles-within';

/** The singletons of one server, opened in the order of the model and closed in reverse. */
export class Singletons {
  readonly values = new Map<Node, unknown>();
  readonly #scopes: ExitScope[] = [];

  readonly #rooms: unknown;
  readonly #log: FastifyBaseLogger;
  readonly #startup: number;
  readonly #environment: Environment;
  readonly #shared: Singletons | undefined;

  /**
   * @param startup milliseconds that each may take to open; 0: as long as it likes
   * @param shared those of the server that this one is a variant of: what is the same in both is taken from there
   */
  constructor(
    rooms: unknown,
    log: FastifyBaseLogger,
    startup: number,
    environment: Environment = process.env,
    shared?: Singletons,
  ) {
    this.#rooms = rooms;
    this.#log = log;
    this.#startup = startup;
    this.#environment = environment;
    this.#shared = shared;
  }

  /** Reads settings, then opens all others that are not open; what was opened before one that fails is closed again. */
  async open(nodes: readonly Node[]): Promise<void> {
    const fresh = nodes.filter((node) => !this.values.has(node) && !this.#takeOver(node));
    const before = this.#scopes.length;
    this.#readSettings(fresh.filter((node) => node.kind === 'settings'));
    try {
      for (const node of fresh)
        if (node.kind !== 'settings')
          this.values.set(node, await this.#inTime(node, this.#make(node)));
    } catch (error) {
      for (const node of fresh) this.values.delete(node);
      const failure = await this.#closeTo(before);
      if (failure !== undefined)
        this.#log.error({ err: failure.error }, 'A singleton did not close');
      throw error;
    }
  }

  /** @throws the error of a clean-up that failed; the others have run */
  async close(): Promise<void> {
    const failure = await this.#closeTo(0);
    if (failure !== undefined) throw failure.error;
  }

  /** Each by itself: that one fails is nothing that happened to another. */
  async #closeTo(count: number): Promise<Failure | undefined> {
    let first: Failure | undefined;
    while (this.#scopes.length > count) {
      const failure = await this.#scopes.pop()?.close();
      if (first !== undefined && failure !== undefined)
        this.#log.error({ err: failure.error }, 'A singleton did not close');
      first ??= failure;
    }
    return first;
  }

  #enter(generator: AnyGenerator): unknown {
    const scope = new ExitScope(this.#log);
    this.#scopes.push(scope);
    return scope.enter(generator);
  }

  #takeOver(node: Node): boolean {
    const same = [...(this.#shared?.values ?? [])].find(([other]) => isSame(node, other));
    if (same !== undefined) this.values.set(node, same[1]);
    return same !== undefined;
  }

  #readSettings(nodes: readonly Node[]): void {
    const types = nodes.map((node) => node.call as Class);
    const read = readSettings(types, this.#environment);
    for (const [index, node] of nodes.entries()) this.values.set(node, read[index]);
  }

  async #inTime(node: Node, made: Promise<unknown>): Promise<unknown> {
    if (this.#startup === 0 || (await settlesWithin(this.#startup, made))) return made;
    throw new BootError(
      'STARTUP_TIMEOUT',
      node.where,
      `It has not opened within ${this.#startup / 1000} s, and the application waits for it.`,
      `a shorter wait inside, which fails with its reason; or timeouts: { startup: ${Math.ceil(this.#startup / 500)} }`,
    );
  }

  async #make(node: Node): Promise<unknown> {
    const made = this.#call(node);
    const value: unknown = isThenable(made) ? await made : made;
    if (isGenerator(value)) return this.#enter(value);
    const dispose = disposerOf(value);
    if (dispose !== undefined) await this.#enter(disposal(dispose));
    return value;
  }

  #call(node: Node): unknown {
    const values = node.inputs.map((input) => this.#valueOf(input));
    if (node.kind === 'constructor') return Reflect.construct(node.call, values);
    if (values.length === 0) return (node.call as () => unknown)();
    return (node.call as (inputs: object) => unknown)(
      Object.fromEntries(node.inputs.map((input, index) => [input.name, values[index]])),
    );
  }

  #valueOf(input: Input): unknown {
    if (input.kind === 'node') return this.values.get(input.node);
    if (input.kind === 'context') return input.of === 'rooms' ? this.#rooms : input.value;
    return input.kind === 'constant' ? input.value : undefined;
  }
}

/** Whether two nodes of different builds are made by the same from the same. */
function isSame(a: Node, b: Node): boolean {
  return a.call === b.call && a.inputs.every((input, index) => isSameInput(input, b.inputs[index]));
}

function isSameInput(a: Input, b: Input | undefined): boolean {
  return a.kind !== 'node' || (b?.kind === 'node' && isSame(a.node, b.node));
}

function disposerOf(value: unknown): (() => unknown) | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const disposable = value as Partial<AsyncDisposable & Disposable>;
  const dispose = disposable[Symbol.asyncDispose] ?? disposable[Symbol.dispose];
  return dispose === undefined ? undefined : () => dispose.call(value);
}

async function* disposal(dispose: () => unknown): AsyncGenerator<undefined, void, undefined> {
  try {
    yield;
  } finally {
    await dispose();
  }
}
