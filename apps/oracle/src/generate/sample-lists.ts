import type { Json } from '../description';

/** A number of JSON by its digits, which JavaScript could not hold. */
export function digits(text: string): Json {
  return (JSON as unknown as { rawJSON(text: string): Json }).rawJSON(text);
}

/** The words of a line. */
export function texts(line: string): string[] {
  return line.split(' ');
}

export interface Samples {
  readonly fitting: readonly Json[];
  /** What is nearly one: converted or refused. */
  readonly near: readonly Json[];
  /** Where Vivace differs on purpose, so that it is tried only now and then: mostly the number syntax of Python. */
  readonly different?: readonly Json[];
}
