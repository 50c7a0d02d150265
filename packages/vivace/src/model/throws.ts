import { declarationOf } from '../declare/class-facts';
import type { ThrownDocs } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import { HTTPException } from '../errors/http-exception';
import type { Where } from '../errors/where';
import type { Class } from '../declare/class';
import { isClass, lineage, nameOf } from './classes';
import type { Node } from './node';

/** What an operation, its controller and the dependencies that it needs say they throw, by status. */
export function thrownBy(
  nodes: readonly Node[],
  {
    controller,
    declarer,
    key,
  }: { readonly controller: Class; readonly declarer: Class; readonly key: string },
  where: Where,
): Readonly<Record<number, ThrownDocs>> {
  const own = declarationOf(declarer).throws.filter((one) => one.key === key);
  const outer = [...lineage(controller)].flatMap(constructorThrows);
  const errors = [
    ...own.flatMap((one) => one.errors),
    ...outer,
    ...nodes.flatMap((node) => thrownByNode(node)),
  ];
  const found = new Map<number, Set<string>>();
  for (const error of errors) {
    const { status, description } = described(error, where);
    const known = found.get(status) ?? new Set();
    if (description !== undefined) known.add(description);
    found.set(status, known);
  }
  const texts = [...found].map(([status, descriptions]) => [
    status,
    { description: descriptions.size === 0 ? undefined : [...descriptions].join(', or: ') },
  ]);
  return Object.freeze(Object.fromEntries(texts) as Record<number, ThrownDocs>);
}

/** A singleton throws when the server starts. */
function thrownByNode({ throws = [], kind, call, lifetime }: Node): readonly unknown[] {
  if (lifetime === 'singleton') return [];
  return kind === 'constructor' ? constructorThrows(call as Class) : throws;
}

function constructorThrows(type: Class): readonly unknown[] {
  return declarationOf(type)
    .throws.filter(({ key }) => key === undefined)
    .flatMap(({ errors }) => errors);
}

interface Described {
  readonly status: number;
  readonly description?: string;
}

function described(error: unknown, where: Where): Described {
  const known =
    typeof error === 'number' ? { status: error } : isClass(error) ? statusOf(error) : undefined;
  if (known !== undefined) return known;
  throw new BootError(
    'THROWS_STATUS',
    where,
    `It is not known which status ${nameOf(error)} is answered with.`,
    isClass(error)
      ? `static readonly status = 404 in class ${error.name}`
      : 'a status, or a class of errors',
  );
}

/** A class says its status itself, or its constructor does. */
function statusOf(type: Class): Described | undefined {
  const { status } = type as { readonly status?: unknown };
  if (typeof status === 'number') return { status };
  if (!(type.prototype instanceof HTTPException)) return undefined;
  try {
    const made = Reflect.construct(type, []) as HTTPException;
    const described = typeof made.detail === 'string' && !tellsArguments(type, made.detail);
    return described ? { status: made.status, description: made.detail } : { status: made.status };
  } catch {
    return undefined;
  }
}

/** Whether a detail is made of arguments that only the program knows, such as `No item undefined`. */
function tellsArguments(type: Class, detail: unknown): boolean {
  if (type.length === 0) return false;
  const other = Reflect.construct(type, Array(type.length).fill('argument')) as HTTPException;
  return other.detail !== detail;
}
