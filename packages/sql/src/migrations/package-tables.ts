/** Tables that a package keeps in the database of a program, beside those of its classes. */
export interface PackageTables {
  /** That of the package. */
  readonly name: string;
  /** Makes them, or raises those of another version; does nothing where they are right. */
  make(url: string): Promise<void>;
}

const known = new Map<string, PackageTables>();

/**
 * Has `vivace db migrate` look after the tables of a package; called by the module `tables` of the
 * package, whose package.json says `"vivace": { "tables": true }`, so that what `vivace build` writes
 * for production knows of them too.
 *
 * @example keepTables({ name: '@vivace/queue', make: makeTables });
 */
export function keepTables(tables: PackageTables): void {
  known.set(tables.name, tables);
}

/** Those of the packages that a program uses. */
export function packageTables(): readonly PackageTables[] {
  return [...known.values()];
}
