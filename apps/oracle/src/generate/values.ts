import type { Json, Program, Slot, Type } from '../description';
import type { Draw } from './draw';
import { mutated } from './mutated';
import { ANYTHING, SAMPLES } from './samples';

/** Makes JSON that fits a type, nearly fits it, or does not. */
export class Values {
  constructor(
    private readonly draw: Draw,
    private readonly program: Pick<Program, 'models' | 'enums'>,
    /** Of a hundred values of a scalar, so many are one that is nearly right. */
    private readonly near = 30,
  ) {}

  value(type: Type, depth = 4): Json {
    const { draw } = this;
    if (draw.chance(3)) return draw.pick(...ANYTHING);
    switch (type.kind) {
      case 'null':
        return null;
      case 'scalar':
        return this.scalar(type.name);
      case 'literal':
        return this.oneOf(type.values);
      case 'enum':
        return this.oneOf(Object.values(this.enum(type.name).values));
      case 'model':
        return this.object(this.model(type.name).fields, depth);
      case 'list':
      case 'set':
        return depth <= 0 ? [] : draw.many(0, 3, () => this.value(type.of, depth - 1));
      case 'tuple': {
        const items = type.items.map((item) => this.value(item, depth - 1));
        const { rest } = type;
        if (rest !== undefined) items.push(...draw.many(0, 2, () => this.value(rest, depth - 1)));
        if (draw.chance(8)) items.pop();
        return draw.chance(8) ? [...items, 'x'] : items;
      }
      case 'record':
        return Object.fromEntries(
          draw.many(0, 3, () => [this.key(type.keys), this.value(type.of, depth - 1)]),
        );
      case 'union':
        return this.value(draw.pick(...type.members), depth);
    }
  }

  object(fields: readonly Slot[], depth: number): Json {
    const { draw } = this;
    const given = fields.filter((field) => !draw.chance(isRequired(field) ? 8 : 50));
    const object = given.map((field) => [
      draw.chance(98) ? (field.alias ?? field.name) : field.name,
      draw.chance(6) ? null : this.value(field.type, depth - 1),
    ]);
    if (draw.chance(12)) object.push([draw.pick('extra', 'a', 'name', 'kind'), this.any()]);
    return Object.fromEntries(object);
  }

  any(): Json {
    return this.draw.pick(...ANYTHING);
  }

  private scalar(name: keyof typeof SAMPLES): Json {
    const { fitting, near, different = [] } = SAMPLES[name];
    const { draw } = this;
    if (this.near > 70 && different.length > 0 && draw.chance(3)) return draw.pick(...different);
    const value = draw.pick(...(near.length > 0 && draw.chance(this.near) ? near : fitting));
    return this.near > 70 && typeof value === 'string' && draw.chance(25)
      ? mutated(draw, value)
      : value;
  }

  private oneOf(values: readonly Json[]): Json {
    const { draw } = this;
    const value = draw.pick(...values);
    if (!draw.chance(this.near / 2)) return value;
    return draw.pick<Json>(String(value), Number(value) || 0, true, 'c', 3, '');
  }

  private key(type: Type): string {
    const value = this.value(type, 0);
    return typeof value === 'object' ? 'key' : String(value);
  }

  private model(name: string) {
    return this.program.models.find((model) => model.name === name)!;
  }

  private enum(name: string) {
    return this.program.enums.find((each) => each.name === name)!;
  }
}

export function isRequired(field: Slot): boolean {
  return field.default === undefined && field.optional !== true;
}
