import type { Program } from './description';
import type { FastApi } from './fastapi';
import { pruned, smaller, smallerRequests } from './reduce';
import { tryAll, type Disagreement, type Subject } from './trial';

const MOST_STEPS = 12;
const MOST_CANDIDATES = 60;

/** The same disagreement, or one like it, in the smallest program that is found in a few steps. */
export async function minimise(
  found: Disagreement,
  subject: Subject,
  fastapi: FastApi,
): Promise<Disagreement> {
  let smallest = { ...found, program: pruned(found.program) };
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = await stepFrom(smallest.program, subject, fastapi);
    if (next === undefined) break;
    smallest = { ...next, program: pruned(next.program) };
  }
  return smallest;
}

/** Smaller requests first: they all go to one program. */
async function stepFrom(
  program: Program,
  subject: Subject,
  fastapi: FastApi,
): Promise<Disagreement | undefined> {
  const operation = program.operations[0]!;
  const [request] = operation.requests;
  const requests = request === undefined ? [] : [...smallerRequests(request)];
  const candidates =
    requests.length === 0 ? [] : [{ ...program, operations: [{ ...operation, requests }] }];
  return (
    (await firstOf(candidates, subject, fastapi)) ??
    (await firstOf([...smaller(program)].slice(0, MOST_CANDIDATES), subject, fastapi))
  );
}

async function firstOf(
  programs: readonly Program[],
  subject: Subject,
  fastapi: FastApi,
): Promise<Disagreement | undefined> {
  if (programs.length === 0) return undefined;
  return (await tryAll(programs, subject, fastapi)).disagreements[0];
}
