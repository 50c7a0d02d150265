import type { Cell } from './decorator-table';
import type { Json } from './description';
import type { Verdicts } from './validated';

interface Judged extends Verdicts {
  readonly cell: Cell;
  /** What was sent for the field. */
  readonly value: Json | undefined;
}
interface Meant {
  readonly why: string;
  covers(judged: Judged): boolean;
}

const taken = ({ ours, theirs }: Verdicts): boolean => ours.length === 0 && theirs.length > 0;

/** Where our verdict is another on purpose. */
export const MEANT: Readonly<Record<string, Meant>> = {
  'a declared null fits': {
    why: 'null is the affair of the type; class-validator wants `@IsOptional()` for it',
    covers: (judged) => taken(judged) && judged.value === null,
  },
  'what has a ? may be left out': {
    why: 'so the type says; class-validator wants `@IsOptional()` for it',
    covers: (judged) => taken(judged) && judged.value === undefined && judged.cell.shape === 'T?',
  },
  'a Map is sent as an object': {
    why: 'JSON has no maps; without `@Type` class-transformer leaves an object, which is none',
    covers: (judged) => taken(judged) && judged.cell.shape === 'Map',
  },
  'a DTO needs no @ValidateNested': {
    why: 'the rules of a class count wherever its type stands',
    covers: ({ ours, theirs }) =>
      theirs.length === 0 && ours.some((place) => place.split('.').length > 1),
  },
  'a discriminator counts in a Map': {
    why: 'class-transformer looks for it in single values and lists only',
    covers: ({ cell, made }) => made !== undefined && cell.shape === 'Map',
  },
};

/** What our verdict differs in from that of class-validator over what class-transformer made; undefined where it does not. */
export function differenceOf(
  cell: Cell,
  verdicts: Verdicts,
  sent: Json,
): { readonly text: string; readonly meant: string | undefined } | undefined {
  const { ours, theirs, made } = verdicts;
  if (ours.some((each) => /^BootError: \[(FACTS_DISAGREE|RULE_MISFIT)\]/.test(each)))
    return undefined;
  const isSame = (ours.length === 0) === (theirs.length === 0);
  if (isSame && made?.ours === made?.theirs) return undefined;
  const value = (sent as { readonly value?: Json }).value;
  const said = isSame
    ? `is ${made?.ours} instead of ${made?.theirs}`
    : `${ours.join() || 'taken'} instead of ${theirs.join() || 'taken'}`;
  const judged = { ...verdicts, cell, value };
  const meant = Object.keys(MEANT).find((name) => MEANT[name]!.covers(judged));
  return { text: `${JSON.stringify(sent)} ${said}`, meant };
}
