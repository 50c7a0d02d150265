import type { FieldFilter } from '../declare/options/field-filter';
import type { Schema } from '../schema/schema';
import { Code } from '../validate/code';
import { innerFilter } from './field-filter';
import { GrowingText } from './growing-text';
import { printObjectSerializer } from './serializer-object';
import { oneOfWriter } from './serializer-union';
import { SerializerPrinter } from './serializer-values';

/**
 * Gives the JSON text of a value, or undefined if it does not fit.
 * `checked`: constraints count too, which is not so inside an instance of a DTO's class.
 */
export type Write = (value: unknown, checked: boolean) => string | undefined;

/** The writers of one serializer, a function for each schema. */
export class Writers {
  /** The writers of what is inside an object: `include` and `exclude` speak of the outermost. */
  readonly nested: Writers;
  readonly #known = new Map<Schema, Write>();

  constructor(readonly filter: FieldFilter) {
    this.nested =
      filter.include === undefined && filter.exclude === undefined
        ? this
        : new Writers(innerFilter(filter));
  }

  /** The function of a schema, printed with all that it calls. */
  of(schema: Schema): Write {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    // A recursive type refers to its own function before that is there.
    let printed: Write | undefined;
    this.#known.set(schema, (value, checked) => (printed as Write)(value, checked));
    printed = this.#print(schema);
    this.#known.set(schema, printed);
    return printed;
  }

  #print(schema: Schema): Write {
    if (
      schema.kind === 'union' &&
      schema.members.filter((member) => member.kind !== 'null').length > 1
    )
      return oneOfWriter(schema, this);
    const code = new Code(
      `write_${schema.kind === 'object' ? (schema.name ?? 'object') : schema.kind}`.replaceAll(
        /\W/g,
        '_',
      ),
    );
    const values = new SerializerPrinter(code, schema.kind === 'object' ? this.nested : this);
    const text = new GrowingText(code);
    if (schema.kind === 'object') printObjectSerializer(schema, code, values, this.filter, text);
    else values.print(schema, 'value', text);
    code.line(`return ${text.whole()};`);
    return code.compile<Write>('value, checked');
  }
}
