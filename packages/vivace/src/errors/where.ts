/** The place in the user's program that a message speaks of. */
export interface Where {
  readonly type?: string | undefined;
  readonly member?: string | undefined;
  readonly parameter?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** `ItemsController.read(item_id) (src/items.ts:12)`. */
export function describe(where: Where): string {
  const parameter = where.parameter === undefined ? '' : `(${where.parameter})`;
  const name =
    [where.type, where.member].filter((part) => part !== undefined).join('.') + parameter;
  if (where.file === undefined) return name;
  const place = where.line === undefined ? where.file : `${where.file}:${where.line}`;
  return name === '' ? place : `${name} (${place})`;
}
