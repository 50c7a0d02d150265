import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { ContextKind } from './inputs/context';
import type { GivenInput, Input, Node } from './node';

const NOT_OF_HTTP: Partial<Record<ContextKind, readonly [string, string]>> = {
  socket: ['a WebSocket', 'request: Request, or @WebSocketRoute() for the method'],
};
const NOT_OF_SOCKETS: Partial<Record<ContextKind, readonly [string, string]>> = {
  request: ['a Request', 'socket: WebSocket, which has headers, query and cookies as well'],
  reply: ['a Reply', 'socket.accept({ headers: … }), or no reply'],
};

const NOT_OF_JOBS: Partial<Record<ContextKind, readonly [string, string]>> = {
  ...NOT_OF_SOCKETS,
  ...NOT_OF_HTTP,
  request: ['a Request', 'a dependency that needs no request, or an override for this one'],
  tasks: ['BackgroundTasks', 'await for the work itself'],
  session: ['a WebSession', 'an override for it'],
};

type Transport = 'http' | 'place' | 'socket' | 'job' | 'entry';
const ABSENT: Readonly<Record<Transport, typeof NOT_OF_JOBS>> = {
  http: NOT_OF_HTTP,
  place: NOT_OF_HTTP,
  socket: NOT_OF_SOCKETS,
  job: NOT_OF_JOBS,
  entry: NOT_OF_JOBS,
};
const PLACES: Readonly<Record<Transport, string>> = {
  http: 'a path operation',
  place: 'a request for files, a mount or a plugin',
  socket: 'a WebSocket route',
  job: 'a job outside HTTP',
  entry: 'an entry point outside HTTP',
};
const OF_CONTROLLERS = 'this dependency for the controllers that have it, not for the application';
const INSTEAD_OF_BODY: Readonly<Record<Exclude<Transport, 'http'>, (name: string) => string>> = {
  place: () => OF_CONTROLLERS,
  socket: (name) => `socket.receive(Type) for a message, or @Query() ${name}`,
  job: () => 'a value that the program has',
  entry: (name) =>
    `${name} without a mark as a parameter of the method, which makes it the payload`,
};
const BODIES = ['body', 'form', 'file'];
const VALUES = ['path', 'query', 'header', 'cookie'];

interface Checking {
  /** Inputs, placeholders and parts that there are all the same. */
  readonly known: ReadonlySet<unknown>;
  /** What messages call a node. */
  readonly named?: (node: Node) => string;
}

/** Refuses parts of a request that this kind of operation does not have. */
export function checkContexts(
  nodes: readonly Node[],
  transport: Transport,
  where: Where,
  { known, named = ({ name }) => name }: Checking = { known: new Set() },
): void {
  const outside = transport === 'job' || transport === 'entry';
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (known.has(input)) continue;
      if (input.kind === 'given') {
        if (known.has(input.key)) continue;
        throw placeholderOutside(named(node), input, where);
      }
      const found = absence(input, transport);
      if (found === undefined) continue;
      throw new BootError(
        'CONTEXT_ABSENT',
        { ...where, parameter: input.name },
        `${named(node)} needs ${found[0]}, which there is none of in ${PLACES[transport]}.`,
        found[1],
      );
    }
    if (outside && node.kind === 'scheme') {
      throw new BootError(
        'CONTEXT_ABSENT',
        where,
        `${named(node)} reads credentials of a request, which there is none of in ${PLACES.job}.`,
        'override(…) for it, or a job that does not need it',
      );
    }
  }
}

function absence(
  input: Input,
  transport: Transport,
): readonly [what: string, write: string] | undefined {
  if (input.kind === 'context') return ABSENT[transport][input.of];
  if (transport !== 'http' && BODIES.includes(input.kind))
    return ['a body', INSTEAD_OF_BODY[transport](input.name)];
  if (transport === 'place' && input.kind === 'path')
    return [`the path parameter '${input.name}'`, OF_CONTROLLERS];
  if ((transport === 'job' || transport === 'entry') && VALUES.includes(input.kind))
    return [`the ${input.kind} '${input.name}' of a request`, 'a value that the program has'];
  return undefined;
}

/** A value that comes with a run is asked for where none comes. */
export function placeholderOutside(name: string, { label }: GivenInput, where: Where): BootError {
  return new BootError(
    'PLACEHOLDER_OUTSIDE',
    where,
    `${name} needs ${label}, which has a value only where a run gives it one.`,
    'a dependency that does not need it; or, in a package, host.run(job, [given(…)]) and the parts of an entry point',
  );
}
