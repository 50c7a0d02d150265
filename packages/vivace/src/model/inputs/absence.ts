import type { AnyInputOptions } from '../../declare/options/input-options';
import { BootError } from '../../errors/boot-error';
import type { Schema } from '../../schema/schema';
import type { Parameter } from './parameters';

/** Whether an input may be absent, and what it gives then. */
export interface Absence {
  readonly presence: 'required' | 'optional' | 'default';
  readonly makeDefault?: () => unknown;
  readonly default?: { readonly value: unknown };
}
export const REQUIRED: Absence = { presence: 'required' };
const OPTIONAL: Absence = { presence: 'optional' };

/** What an absent input gives: the option `default`, else the default of TypeScript, else undefined where that is allowed. */
export function absenceOf(options: AnyInputOptions, parameter: Parameter | undefined): Absence {
  const written = parameter?.defaulted || parameter?.default !== undefined;
  if (written && options.default !== undefined) {
    throw new BootError(
      'PARAMETER_DEFAULTS',
      parameter.where,
      'The parameter has a default in its mark and one of its own.',
      'one of them: the one of TypeScript, `limit: int = 20`, is what the editor shows',
    );
  }
  if (options.default !== undefined) return defaultOf(options.default);
  if (parameter?.default !== undefined) return defaultOf(parameter.default.value);
  return parameter?.defaulted || parameter?.optional || options.optional ? OPTIONAL : REQUIRED;
}

function defaultOf(value: unknown): Absence {
  if (typeof value === 'function')
    return { presence: 'default', makeDefault: value as () => unknown };
  const makeDefault =
    typeof value === 'object' && value !== null ? () => structuredClone(value) : () => value;
  return { presence: 'default', makeDefault, default: { value } };
}

/** A schema of another library may have an answer where nothing was sent. */
export function answered(absence: Absence, schema: Schema): Absence {
  const answers =
    absence.presence === 'required' && schema.kind === 'library' && schema.takesNothing;
  return answers ? OPTIONAL : absence;
}
