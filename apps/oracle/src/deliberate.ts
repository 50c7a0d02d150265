import type { Difference } from './compare';

/** A difference from FastAPI that is meant: docs/differences.md says it to users. */
export interface Deliberate {
  readonly reason: string;
  covers(difference: Difference): boolean;
}

interface Issue {
  readonly type: string;
  readonly loc: readonly unknown[];
  readonly msg: string;
  readonly input: unknown;
}

export const DELIBERATE: Readonly<Record<string, Deliberate>> = {};

/** The name of the deliberate difference that one is. */
export function nameOf(difference: Difference): string | undefined {
  return Object.keys(DELIBERATE).find((name) => DELIBERATE[name]!.covers(difference));
}

export function issue(value: unknown): Issue | undefined {
  return typeof value === 'object' && value !== null && 'loc' in value
    ? (value as Issue)
    : undefined;
}
