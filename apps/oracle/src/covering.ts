import type { Difference } from './compare';
import type { Operation, Program, Request } from './description';

/** A difference from FastAPI that is meant: docs/differences.md says it to users. */
export interface Deliberate {
  readonly reason: string;
  covers(
    ours: Issue | undefined,
    theirs: Issue | undefined,
    difference: Difference,
    program: Program,
  ): boolean;
}

export interface Issue {
  readonly type: string;
  readonly loc: readonly unknown[];
  readonly msg: string;
  readonly input: unknown;
}

type OfIssues = (ours: Issue | undefined, theirs: Issue | undefined) => boolean;

/** What FastAPI takes and Vivace refuses by an issue of these types, where its input is of a kind. */
export function refused(types: RegExp, isMeant: (input: unknown) => boolean): OfIssues {
  return (ours, theirs) =>
    ours !== undefined && theirs === undefined && types.test(ours.type) && isMeant(ours.input);
}

/** What Vivace takes and FastAPI refuses. */
export function taken(types: RegExp, isMeant: (issue: Issue) => boolean): OfIssues {
  return (ours, theirs) =>
    ours === undefined && theirs !== undefined && types.test(theirs.type) && isMeant(theirs);
}

export function issueIn(value: unknown): Issue | undefined {
  return typeof value === 'object' && value !== null && 'loc' in value
    ? (value as Issue)
    : undefined;
}

const NONE: Operation = { name: '', method: 'GET', path: '', inputs: [], requests: [] };
export const operationOf = ({ operations: [operation = NONE] }: Program): Operation => operation;
export const requestOf = (program: Program): Request =>
  operationOf(program).requests[0] ?? { url: '' };
