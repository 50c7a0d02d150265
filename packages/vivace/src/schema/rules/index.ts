import type { Rules as Options } from '../../declare/options/field-options';
import { bounds } from './bounds';
import { clocks } from './clock';
import { custom } from './custom';
import { files } from './files';
import { formats } from './formats';
import { lists } from './lists';
import { numbers } from './numbers';
import type { Check } from '../check';
import type { Rule, Rules } from './rule';
import { texts } from './texts';
import { types } from './types';
import { values } from './values';

/**
 * Every constraint by its name: ours, and class-validator's keys for its decorators.
 * The order is that in which the constraints of one value are checked, which is pydantic's; `custom` ones keep theirs.
 */
const TABLE = Object.freeze({
  ...types,
  ...numbers,
  ...bounds,
  ...clocks,
  ...texts,
  ...lists,
  ...values,
  ...formats,
  ...files,
  ...custom,
}) satisfies Rules;
export const rules: Readonly<Record<string, Rule | undefined>> = TABLE;

/** The rule of a check; one that is not in the table is the user's. */
export const ruleOf = ({ rule }: Check): Rule => rules[rule] ?? TABLE.custom;

/** The rules by the option that asks for them: for each kind of value its own. */
export const rulesByOption: ReadonlyMap<keyof Options, readonly NamedRule[]> = Map.groupBy(
  Object.entries<Rule>(TABLE).flatMap(([name, { option, ...rule }]) =>
    option === undefined ? [] : [{ name, option, ...rule }],
  ),
  ({ option }) => option,
);

export interface NamedRule extends Rule {
  readonly name: string;
}

const RANKS: ReadonlyMap<string, number> = new Map(
  Object.keys(rules).map((name, rank) => [name, rank]),
);

/** Where a rule stands in the order of checks. */
export const rankOf = (rule: string): number => RANKS.get(rule) ?? RANKS.size;

export type { Problem, Rule } from './rule';
