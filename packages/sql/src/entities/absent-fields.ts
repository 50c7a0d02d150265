import type { EventArgs, EventSubscriber } from '@mikro-orm/core';
import { tableOf } from './schema';

/** A field that may be left out is read back as left out, where MikroORM reads null. */
export class AbsentFields implements EventSubscriber<object> {
  onLoad({ entity, meta }: EventArgs<object>): void {
    for (const name of absentOf(meta.class))
      if (Reflect.get(entity, name) === null) Reflect.deleteProperty(entity, name);
  }
}

const known = new WeakMap<object, readonly string[]>();

function absentOf(type: object): readonly string[] {
  const names =
    known.get(type) ??
    [...(tableOf(type)?.fields.values() ?? [])].flatMap(({ absent, name }) =>
      absent ? [name] : [],
    );
  known.set(type, names);
  return names;
}
