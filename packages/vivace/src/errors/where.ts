/** The place in the user's program that a message speaks of. */
export interface Where {
  /** Name of the class. */
  readonly type?: string | undefined;
  /** Its method or field; where there is no class, an option. */
  readonly member?: string | undefined;
  /** Of the method. */
  readonly parameter?: string | undefined;
  /** Below the folder of the project. */
  readonly file?: string | undefined;
  /** Beginning at 1. */
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
