import type { Json } from './description';

/** Classes with decorators of class-validator and class-transformer, and values of the first that have its types. */
export interface Validated {
  readonly classes: readonly ValidatedClass[];
  readonly values: readonly Json[];
}

export interface ValidatedClass {
  readonly name: string;
  readonly base?: string;
  readonly members: readonly ValidatedMember[];
}

export interface ValidatedMember {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** As they are written. */
  readonly decorators: readonly string[];
}

/** What both say of a value: the places that they complain about, or what they threw. */
export interface Verdicts {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  /** Where both take it: the classes of what they make of it. */
  readonly made?: { readonly ours: string; readonly theirs: string };
}

export function validatedText({ classes }: Validated): string {
  return [
    "import { Exclude, Expose, Transform, Type } from 'class-transformer';",
    "import * as cv from 'class-validator';",
    "import type { int } from 'vivace';",
    "enum Role { admin = 'admin', user = 'user' }",
    'export const used = [Exclude, Expose, Transform, Type, cv.IsInt, Role] as unknown[];',
    'export type Whole = int;',
    '',
    ...classes.map(classText),
    `export const type = ${classes.at(-1)!.name};`,
    '',
  ].join('\n');
}

function classText({ name, base, members }: ValidatedClass): string {
  return [
    `class ${name}${base === undefined ? '' : ` extends ${base}`} {`,
    ...members.map(
      (member) =>
        `  ${[...member.decorators, ''].join(' ')}${member.name}${member.optional ? '?' : '!'}: ${member.type};`,
    ),
    '}',
    '',
  ].join('\n');
}
