import type { Schema } from '../schema/schema';
import { Code } from './code';
import type { ReadOptions } from './interpret';
import type { Mode } from './scalars';
import { printObjectValidator } from './validator-object';
import { oneOfReader } from './validator-union';
import { ValidatorPrinter } from './validator-values';

/** Gives the value that was built or `INVALID`; `object` is the DTO that the value is a part of. */
export type Validate = (value: unknown, object?: object) => unknown;

/** The validators for one mode and some groups: a function for each schema. */
export class Validators {
  readonly #known = new WeakMap<Schema, Validate>();

  constructor(readonly options: ReadOptions) {}

  get mode(): Mode {
    return this.options.mode;
  }

  get groups(): readonly string[] | undefined {
    return this.options.groups;
  }

  /** The function of a schema, printed with all that it calls. */
  of(schema: Schema): Validate {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // A recursive type refers to its own function before that is there.
    let printed: Validate | undefined;
    this.#known.set(schema, (value, object) => (printed as Validate)(value, object));
    printed = this.#print(schema).compile<Validate>(PARAMETERS);
    this.#known.set(schema, printed);
    return printed;
  }

  /** Keys of records are texts. */
  ofKeys(schema: Schema): Validate {
    return validatorsFor({ ...this.options, mode: 'text' }).of(schema);
  }

  /** The text of the function of a schema. */
  source(schema: Schema): string {
    return this.#print(schema).source(PARAMETERS);
  }

  #print(schema: Schema): Code {
    const code = new Code(
      `read_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`.replaceAll(
        /\W/g,
        '_',
      ),
    );
    const values = new ValidatorPrinter(code, this);
    const result =
      schema.kind === 'object'
        ? printObjectValidator(schema, values)
        : values.printType(schema, 'value');
    values.printChecks(schema, result);
    return code.line(`return ${result};`);
  }

  /** A reader of one of several, which looks at the value before it chooses. */
  oneOf(schema: Extract<Schema, { kind: 'union' }>): Validate {
    return oneOfReader(schema, this);
  }
}

const families = new Map<string, Validators>();

export function validatorsFor(options: ReadOptions): Validators {
  const key = JSON.stringify([options.mode, options.groups]);
  let validators = families.get(key);
  if (validators === undefined) {
    validators = new Validators(options);
    families.set(key, validators);
  }
  return validators;
}

const PARAMETERS = 'value, object';
