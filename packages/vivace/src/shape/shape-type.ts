import type { Class } from '../declare/class';
import { isOurs } from '../reflect/own-words';
import type { TypeData } from '../reflect/type-data';
import { defaultBuilder } from '../schema/default-builder';
import { isScalar } from '../schema/kinds';
import type { ObjectSchema, Schema } from '../schema/schema';
import { notNull } from '../schema/union';
import type { Shape, ShapeType } from '../declare/shape';

/** Whether a type names a type of a library, of which a schema says nothing, or another class, which is read when it is asked for. */
export function isNamed(type: TypeData): boolean {
  return (
    typeof type === 'object' && ('foreign' in type || isClass(type) || partsOf(type).some(isNamed))
  );
}

/** The type with `unknown` in the place of classes. */
export function withoutNames(type: TypeData): TypeData {
  if (typeof type === 'string' || !isNamed(type)) return type;
  if ('foreign' in type) return type.of === undefined ? 'unknown' : withoutNames(type.of);
  if ('array' in type) return { array: withoutNames(type.array) };
  if ('union' in type) return { union: type.union.map(withoutNames) };
  return 'builtin' in type ? { ...type, args: partsOf(type).map(withoutNames) } : 'unknown';
}

/** Of a generic class its schema tells what it is with its arguments. */
function isClass(type: Exclude<TypeData, string>): boolean {
  if (!('ref' in type) || type.args !== undefined || isOurs(type.ref)) return false;
  return defaultBuilder().types.definition(type.ref)?.kind === 'class';
}

function partsOf(type: TypeData): readonly TypeData[] {
  if (typeof type === 'string') return [];
  if ('array' in type) return [type.array];
  if ('union' in type) return type.union;
  return 'builtin' in type ? (type.args ?? []) : [];
}

const COLLECTIONS: Readonly<Record<string, 'set' | 'map'>> = { Set: 'set', Map: 'map' };

/** Gives the types of fields as data. */
export class ShapeTypes {
  constructor(
    readonly shapeOfClass: (type: Class) => Shape,
    readonly shapeOfSchema: (schema: ObjectSchema) => Shape,
  ) {}

  /** By the types file, which knows the names of classes and those that libraries give. */
  ofType(type: TypeData): ShapeType {
    if (typeof type === 'string' || !isNamed(type))
      return this.ofSchema(defaultBuilder().fromType(type, {}));
    if ('foreign' in type)
      return {
        is: 'foreign',
        name: type.foreign,
        module: type.module,
        args: (type.args ?? []).map((each) => this.ofType(each)),
        ...(type.of !== undefined && { of: this.ofType(type.of) }),
      };
    if ('ref' in type) return { is: 'object', shape: () => this.#shapeNamed(type.ref) };
    if ('array' in type) return { is: 'list', of: this.ofType(type.array) };
    if ('union' in type) {
      const [only, ...others] = type.union
        .filter((each) => each !== 'null' && each !== 'undefined')
        .map((each) => this.ofType(each));
      if (only === undefined) return { is: 'null' };
      return others.length === 0 ? only : { is: 'union', of: [only, ...others] };
    }
    const last = partsOf(type).at(-1);
    const is = 'builtin' in type ? COLLECTIONS[type.builtin] : undefined;
    return is === undefined || last === undefined ? { is: 'json' } : { is, of: this.ofType(last) };
  }

  ofSchema(schema: Schema): ShapeType {
    switch (schema.kind) {
      case 'string':
        return { is: 'string', ...(schema.format !== undefined && { format: schema.format }) };
      case 'number':
        return { is: schema.integer === true ? 'int' : 'number' };
      case 'literal':
        return { is: 'literal', values: schema.values };
      case 'enum':
        return {
          is: 'literal',
          values: schema.values,
          ...(schema.name !== '' && { name: schema.name }),
        };
      case 'list':
        return { is: schema.unique === true ? 'set' : 'list', of: this.ofSchema(schema.items) };
      case 'record':
        return { is: schema.as === 'map' ? 'map' : 'record', of: this.ofSchema(schema.values) };
      case 'tuple':
        return {
          is: 'tuple',
          of: schema.items.map((item) => this.ofSchema(item)),
          ...(schema.rest !== undefined && { rest: this.ofSchema(schema.rest) }),
        };
      case 'object':
        return { is: 'object', shape: () => this.shapeOfSchema(schema) };
      case 'union':
        return { is: 'union', of: schema.members.map((member) => this.ofSchema(member)) };
      case 'secret':
        return {
          is: 'foreign',
          name: 'Secret',
          module: 'vivace',
          args: [this.ofSchema(schema.inner)],
        };
      case 'file':
        return { is: 'foreign', name: 'UploadFile', module: 'vivace', args: [] };
      case 'any':
        return { is: 'json' };
      default:
        return { is: isScalar(schema) ? schema.kind : 'json' };
    }
  }

  /** Loads the class, which may be named as a type only. */
  #shapeNamed(ref: string): Shape {
    const { types } = defaultBuilder();
    const type = types.classOf(ref);
    if (type !== undefined) return this.shapeOfClass(type);
    return this.shapeOfSchema(defaultBuilder().fromType({ ref }, {}) as ObjectSchema);
  }

  /** The type of a field that says by itself whether null fits. */
  ofField(schema: Schema): ShapeType {
    return this.ofSchema(schema.kind === 'union' ? notNull(schema) : schema);
  }
}
