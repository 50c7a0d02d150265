import type { Class } from '../declare/class';
import { present } from '../declare/present';
import { CLOSED, isBuiltIn } from './built-in-constraints';
import type { Check, Words } from './check';
import { instanceOf, metadataOf, type Arguments, type Metadata } from './constraint-metadata';
import { stateless } from './rules/texts';
import { indexed } from './indexed-list';
import { expand, type Template } from './message-template';

/** What class-validator's decorators say about one property. */
export interface Constraints {
  /** `@IsOptional()`: may be missing or null. */
  readonly optional: boolean;
  /** `@IsDefined()`: neither. */
  readonly defined: boolean;
  /** `@ValidateNested()`: only objects, or lists of them. */
  readonly nested: boolean;
  /** What `@IsDefined` or `@IsNotEmpty` says where the value is missing. */
  readonly missing: Words | undefined;
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  /** Checks of the items, from decorators with `each`. */
  readonly each: readonly Check[];
}

/** Decorators that stand for a required field. */
const REQUIRING = ['isDefined', 'isNotEmpty'];

/** The constraints of a class by property, all or those of some groups; inherited ones as class-validator combines them. */
export function constraintsOf(
  type: Class,
  groups?: readonly string[],
): ReadonlyMap<string, Constraints> {
  const byProperty = Map.groupBy(metadataOf(type, groups), ({ propertyName }) => propertyName);
  return new Map([...byProperty].map(([property, all]) => [property, constraints(all, type.name)]));
}

function constraints(all: readonly Metadata[], targetName: string): Constraints {
  const conditional = all.filter((metadata) => metadata.type === 'conditionalValidation');
  const own = all.filter((metadata) => !metadata.each);
  const saying = own.find(
    ({ name = '', message, context }) =>
      REQUIRING.includes(name) && (message ?? context) !== undefined,
  );
  return {
    optional: conditional.some((metadata) => metadata.name === 'isOptional'),
    defined: own.some((metadata) => metadata.type === 'isDefined'),
    nested: all.some((metadata) => metadata.type === 'nestedValidation'),
    missing: saying && wordsOf(checkOf(saying, targetName)),
    conditions: conditional
      .filter((metadata) => metadata.name !== 'isOptional')
      .map(
        (metadata) => (object: object, value: unknown) =>
          Boolean(
            (metadata.constraints[0] as (object: object, value: unknown) => unknown)(object, value),
          ),
      ),
    checks: own
      .filter((metadata) => metadata.type === 'customValidation')
      .map((metadata) => checkOf(metadata, targetName)),
    each: all
      .filter(
        (metadata) => metadata.each && ['customValidation', 'isDefined'].includes(metadata.type),
      )
      .map((metadata) => checkOf(metadata, targetName)),
  };
}

const wordsOf = ({ message, context }: Check): Words => present({ message, context });

function checkOf(metadata: Metadata, targetName: string): Check {
  const given = metadata.constraints ?? [];
  const args = (value: unknown, object: object | undefined): Arguments => ({
    value,
    constraints: given,
    targetName,
    object: object ?? {},
    property: metadata.propertyName,
  });
  const builtIn = isBuiltIn(metadata);
  const decide = (value: unknown, object: object | undefined): unknown =>
    instanceOf(metadata).validate(builtIn ? indexed(value) : value, args(value, object));
  const test = !builtIn || CLOSED.has(metadata.name ?? '') ? decide : undefined;
  const { validateIf } = metadata;
  const own =
    !builtIn && hasWords(metadata)
      ? (values: Arguments) => instanceOf(metadata).defaultMessage?.(values) ?? ''
      : undefined;
  const message = (metadata.message as Template | undefined) ?? own;
  return {
    ...(builtIn ? ruleOf(metadata.name ?? '', given) : { rule: 'custom', args: [] }),
    ...(test && { test }),
    ...(!builtIn && { by: metadata.constraintCls as Class }),
    ...(validateIf !== undefined && {
      when: (value, object) => Boolean(validateIf(object ?? {}, value)),
    }),
    ...(message !== undefined && {
      message: (value, object) => expand(message, args(value, object)),
    }),
    ...(metadata.context !== undefined && { context: metadata.context as Record<string, unknown> }),
  };
}

/** The row of a built-in decorator; `Matches` is ours with a regular expression that keeps no position. */
function ruleOf(
  name: string,
  args: readonly unknown[],
): { rule: string; args: readonly unknown[] } {
  if (name !== 'matches') return { rule: name, args };
  const [pattern, flags] = args;
  return {
    rule: 'pattern',
    args: [
      stateless(
        pattern instanceof RegExp
          ? pattern
          : new RegExp(String(pattern), flags as string | undefined),
      ),
    ],
  };
}

function hasWords(metadata: Metadata): boolean {
  return 'defaultMessage' in (metadata.constraintCls.prototype as object);
}
