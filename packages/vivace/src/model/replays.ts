import { factsOf, type ReplayFacts } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { neededByGuards } from './graph/guards';
import type { ContextInput, Input, Node, ParameterInput } from './node';

/** What tells one request from another, beside its body: values that it carries, the credentials that a scheme found, the session. */
export type Mark = ParameterInput | Node | ContextInput;

/** The operation that answers are given again of. */
export interface ReplayPlace {
  readonly where: Where;
  /** Whether somebody else tells who asks. */
  readonly guarded: boolean;
  /** Whether its answer comes in pieces. */
  readonly streams: boolean;
}

/**
 * Whether middleware around an operation gives answers again; refuses what it cannot know.
 *
 * @throws BootError CACHE_KEY, IDEMPOTENCY_CALLER, IDEMPOTENCY_STREAM
 */
export function givesAgain(
  nodes: readonly Node[],
  methods: readonly string[],
  middleware: readonly unknown[],
  { where, guarded, streams }: ReplayPlace,
): boolean {
  const replays = middleware.map(replayFacts).filter((facts) => facts !== undefined);
  for (const { by, keyed, methods: answered } of replays) {
    if (!methods.some((method) => answered.includes(method))) continue;
    if (by === 'caller' && streams) throw streamed(where);
    if (keyed) continue;
    if (by === 'inputs') checkInputs(nodes, where);
    else if (!guarded) checkCaller(nodes, where);
  }
  return replays.length > 0;
}

/** All that an answer may depend on. */
export function marksOf(nodes: readonly Node[]): readonly Mark[] {
  return nodes.flatMap((node) => [
    ...node.inputs.filter(isMark),
    ...(node.credentials === undefined ? [] : [node]),
  ]);
}

/** What guards ask for, which tells who sent a request. */
export function callerOf(nodes: readonly Node[]): readonly Mark[] {
  const asked = neededByGuards(nodes);
  return marksOf(nodes.filter((node) => asked.has(node))).filter((mark) => mark.kind !== 'context');
}

const PARAMETERS: readonly string[] = ['path', 'query', 'header', 'cookie'];

function isMark(input: Input): input is ParameterInput | ContextInput {
  return input.kind === 'context' ? input.of === 'session' : PARAMETERS.includes(input.kind);
}

function replayFacts(middleware: unknown): ReplayFacts | undefined {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' ? facts.replays : undefined;
}

function checkInputs(nodes: readonly Node[], where: Where): void {
  const reader = nodes.find(({ inputs }) =>
    inputs.some((input) => input.kind === 'context' && input.of === 'request'),
  );
  if (reader === undefined) return;
  throw new BootError(
    'CACHE_KEY',
    where,
    `${reader.name} reads the whole Request, so that nobody knows which requests have the same answer.`,
    `inputs for what it reads, such as @Header(), or cache({ key: (request) => … }) with all that the answer depends on`,
  );
}

function checkCaller(nodes: readonly Node[], where: Where): void {
  const tells = callerOf(nodes).some((mark) =>
    'credentials' in mark
      ? mark.credentials?.optional === false
      : 'presence' in mark && mark.presence === 'required',
  );
  if (tells) return;
  throw new BootError(
    'IDEMPOTENCY_CALLER',
    where,
    'No guard tells who sends a request, so that one client could get the answer to another.',
    `a security scheme among the dependencies, or idempotency({ key: (request) => … }) with the id of the client`,
  );
}

/** A cache of a stream has nothing to give, which does no harm; what was promised to be done once would be done twice. */
function streamed(where: Where): BootError {
  return new BootError(
    'IDEMPOTENCY_STREAM',
    where,
    'It answers with a stream, which is not kept: a request that is sent again would be done again.',
    'an operation that answers at once, such as with an id by which the stream is asked for, or idempotency() around other operations only',
  );
}
