import type { Case } from './case.js';

/** How a case ended: with what was seen where it was not as it must be. */
export interface Outcome {
  readonly seen?: string;
}

const ATTACK = 64;
const MUST = 44;

/** The line of a case, and below it what was seen instead. */
export function row(one: Case, ours: Outcome, beside: Outcome | undefined): string[] {
  const { id, attack, must } = one;
  const line = `${id.padEnd(4)} ${cut(attack, ATTACK)} ${cut(must, MUST)} ${mark(ours)}  ${mark(beside)}`;
  return [
    line,
    ...(ours.seen === undefined ? [] : [`       Vivace: ${plain(ours.seen)}`]),
    ...(beside?.seen === undefined ? [] : [`       Fastify: ${plain(beside.seen)}`]),
  ];
}

function mark(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '–';
  return outcome.seen === undefined ? '✔' : '✘';
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text.padEnd(length);
}

/** Answers may hold anything, and a terminal would obey it. */
function plain(text: string): string {
  return text.slice(0, 160).replace(/[^\x20-\x7e\u00a1-\uffff]/g, '·');
}
