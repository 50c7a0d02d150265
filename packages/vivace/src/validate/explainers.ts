import type { Issue } from '../errors/issue';
import { isScalar } from '../schema/kinds';
import type { ScalarSchema, Schema } from '../schema/schema';
import { Code } from './code';
import { ExplainerPrinter, isPrintable, saysWords } from './explainer-printer';
import { interpretPart, type ReadOptions } from './interpret';
import { scalarProblem } from './interpret-checks';
import { INVALID, issueOf } from './validation-state';
import type { Validators } from './validators';

/** Adds what is wrong with a value to the issues of the whole; `path` is where it stands. */
export type Explain = (value: unknown, path: (string | number)[], issues: Issue[]) => void;

/**
 * Explains values of schemas that call nothing of the program: printed functions walk to what does not fit, building nothing on the way,
 * and what they say there is said by what `interpret` is made of. A part without a print is left to `interpret` where it does not fit.
 */
export class Explainers {
  readonly #known = new WeakMap<Schema, Explain>();
  readonly #validators: Validators;

  constructor(validators: Validators) {
    this.#validators = validators;
  }

  get options(): ReadOptions {
    return this.#validators.options;
  }

  of(schema: Schema): Explain {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // A recursive type refers to its own function before that is there.
    let made: Explain | undefined;
    this.#known.set(schema, (value, path, issues) => (made as Explain)(value, path, issues));
    made = this.#make(schema);
    this.#known.set(schema, made);
    return made;
  }

  #make(schema: Schema): Explain {
    if (saysWords(schema) || !isPrintable(schema)) return this.#interpreted(schema);
    if (isScalar(schema)) return this.#scalar(schema);
    const name = `explain_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`;
    const code = new Code(name.replaceAll(/\W/g, '_'));
    new ExplainerPrinter(code, this).print(schema);
    return code.compile<Explain>('value, path, issues');
  }

  #scalar(schema: ScalarSchema): Explain {
    const { mode } = this.options;
    return (value, path, issues) => {
      const problem = scalarProblem(schema, value, mode);
      if (problem !== undefined) issues.push(issueOf(problem, path, value));
    };
  }

  #interpreted(schema: Schema): Explain {
    const read = this.#validators.of(schema);
    const { options } = this;
    return (value, path, issues) => {
      if (read(value) === INVALID) issues.push(...interpretPart(schema, value, path, options));
    };
  }
}
