import type { Issue } from '../errors/issue';
import type { Schema } from '../schema/schema';
import { Explainers } from './explainers';
import { withoutSecrets } from './hide-secrets';
import { interpret, type InterpretOptions } from './interpret';
import { callsProgram } from './user-code';
import type { Outcome } from './validation-state';
import { validatorsFor, type Validators } from './validators';

type Explained = (value: unknown) => Outcome | Promise<Outcome>;

/**
 * Gives the function that says what `interpret` would of values that do not fit, sooner. It is made for the first of them; a schema that
 * calls functions of the program is interpreted.
 */
export function explainerOf(schema: Schema, options: InterpretOptions): Explained {
  let explained: Explained | undefined;
  return (value) => (explained ??= made(schema, options))(value);
}

function made(schema: Schema, options: InterpretOptions): Explained {
  if (callsProgram(schema)) return (value) => interpret(schema, value, options);
  const explain = explainersFor(options).of(schema);
  return (value) => {
    const issues: Issue[] = [];
    explain(value, [...options.loc], issues);
    // It fits after all, though its validator could not know at once.
    if (issues.length === 0) return interpret(schema, value, options);
    return { value: undefined, issues: withoutSecrets(schema, value, issues) };
  };
}

const known = new WeakMap<Validators, Explainers>();

function explainersFor(options: InterpretOptions): Explainers {
  const validators = validatorsFor(options);
  let explainers = known.get(validators);
  if (explainers === undefined) {
    explainers = new Explainers(validators);
    known.set(validators, explainers);
  }
  return explainers;
}
