import { createHash } from 'node:crypto';
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { RequestValidationError } from 'vivace';
import { Seal } from 'vivace/extend';
import type { Step } from './order';

/** Makes and reads cursors, which nobody can read or change on the way. */
export class CursorSeal {
  readonly #seal: Seal;

  constructor(key: string) {
    this.#seal = new Seal([key], 'cursor');
  }

  /** The cursors of one list: of an entity, an order and a filter. */
  of(meta: EntityMetadata, steps: readonly Step[], where: unknown): ListCursors {
    const list = [meta.className, steps.map(({ field, down }) => [field, down]), where];
    const name = createHash('sha256').update(JSON.stringify(list, inText)).digest('base64url');
    return new ListCursors(this.#seal, name.slice(0, 16), meta, steps);
  }
}

/** Where a page begins: the values of the row before it, or its key alone. */
type Place = readonly unknown[] | { readonly key: unknown };

/** Characters that `CursorQuery` takes. */
const LONGEST = 1024;

export class ListCursors {
  constructor(
    readonly seal: Seal,
    readonly list: string,
    readonly meta: EntityMetadata,
    readonly steps: readonly Step[],
  ) {}

  /** The cursor of the page that begins after a row. */
  cursorOf(row: object): string {
    const cursor = this.#sealed(this.#valuesOf(row));
    // Of long texts only the row is kept, whose texts are read again.
    return cursor.length <= LONGEST ? cursor : this.#sealed({ key: this.#keyOf(row) });
  }

  /**
   * The rows after the one that a cursor was made of, as a filter.
   *
   * @param find reads that row, where the cursor is too short for its values
   * @throws RequestValidationError if it is none of this list
   */
  async after(
    cursor: string,
    find: (where: object) => Promise<object | undefined>,
  ): Promise<object> {
    const [list, place] = JSON.parse(this.seal.open(cursor) ?? '[]') as [string?, Place?];
    if (list !== this.list || place === undefined) throw foreign(cursor);
    if (!('key' in place))
      return this.#beyond(this.steps.map(({ field }, at) => this.#valueOf(field, place[at])));
    const [key] = this.meta.primaryKeys;
    const row = await find({ [key!]: this.#valueOf(key!, place.key) });
    if (row === undefined) throw foreign(cursor);
    return this.#beyond(this.#valuesOf(row));
  }

  #beyond(values: readonly unknown[]): object {
    const beyond = this.steps.map((step, at) => ({
      ...Object.fromEntries(this.steps.slice(0, at).map(({ field }, of) => [field, values[of]])),
      $and: [following(step, values[at])],
    }));
    return { $or: beyond };
  }

  #sealed(place: Place): string {
    return this.seal.seal(JSON.stringify([this.list, place], inText));
  }

  #valuesOf(row: object): readonly unknown[] {
    return this.steps.map(({ field }) => this.#fieldOf(row, field));
  }

  #keyOf(row: object): unknown {
    return this.#fieldOf(row, this.meta.primaryKeys[0]!);
  }

  /** A relation is ordered by the key that it points to. */
  #fieldOf(row: object, field: string): unknown {
    const value: unknown = Reflect.get(row, field);
    const target = (this.meta.properties[field as never] as EntityProperty).targetMeta;
    if (target === undefined || typeof value !== 'object' || value === null) return value ?? null;
    return Reflect.get(value, target.primaryKeys[0]!);
  }

  #valueOf(field: string, value: unknown): unknown {
    const { runtimeType } = this.meta.properties[field as never] as { runtimeType: string };
    if (value === null) return null;
    if (runtimeType === 'Date') return new Date(value as string);
    return runtimeType === 'bigint' ? BigInt(value as string) : value;
  }
}

/** What comes after a value: null is last. */
function following({ field, down, nullable }: Step, value: unknown): object {
  // Nothing comes after null.
  if (value === null) return { [field]: { $in: [] } };
  const beyond = { [field]: { [down ? '$lt' : '$gt']: value } };
  return nullable ? { $or: [beyond, { [field]: null }] } : beyond;
}

function inText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function foreign(cursor: string): RequestValidationError {
  return new RequestValidationError([
    {
      type: 'cursor',
      loc: ['query', 'cursor'],
      msg: 'Input should be the cursor of a page of this list',
      input: cursor,
    },
  ]);
}
