import type { Column, DatabaseTable, ForeignKey } from '@mikro-orm/sql';
import { quoted, writtenColumn } from './types';

/** Where the names of a program's classes come from, for those that the text uses. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'class-validator': ['Max', 'MaxLength', 'Min'],
  vivace: ['bytes', 'date', 'decimal', 'int', 'time', 'uuid'],
  '@vivace/sql': ['Column', 'Entity', 'Id', 'Index', 'OnDelete', 'Rel', 'Unique'],
};
/** Of those, what is no value. */
const TYPES: ReadonlySet<string> = new Set([...SOURCES['vivace']!, 'Rel']);

/** Classes for tables that are there, to start from. */
export function entitiesText(tables: readonly DatabaseTable[]): string {
  const classes = tables.map((table) => new ClassText(table).text).join('\n');
  const imports = Object.entries(SOURCES).flatMap(([source, names]) => {
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(unquoted(classes)));
    const list = used.map((name) => (TYPES.has(name) ? `type ${name}` : name));
    return used.length === 0 ? [] : [`import { ${list.join(', ')} } from '${source}';`];
  });
  return `${imports.join('\n')}\n\n${classes}`;
}

class ClassText {
  readonly #table: DatabaseTable;
  readonly #relations: ReadonlyMap<string, ForeignKey>;
  readonly #keys: readonly string[];

  constructor(table: DatabaseTable) {
    this.#table = table;
    this.#keys = table.getPrimaryKey()?.columnNames ?? [];
    // Only those to a key of one column are fields.
    this.#relations = new Map(
      Object.values(table.getForeignKeys())
        .filter(({ columnNames }) => columnNames.length === 1)
        .map((key) => [key.columnNames[0]!, key]),
    );
  }

  get text(): string {
    const { name, comment } = this.#table;
    const className = classNameOf(name);
    const entity = snakeOf(className) === name ? '' : `{ table: ${quoted(name)} }`;
    return [
      ...documented(comment, ''),
      `@Entity(${entity})`,
      ...this.#together(),
      `export class ${className} {`,
      ...this.#table.getColumns().flatMap((column) => this.#field(column)),
      '}\n',
    ].join('\n');
  }

  /** Constraints and indexes of several columns. */
  #together(): string[] {
    return this.#table
      .getIndexes()
      .filter(({ primary, columnNames }) => !primary && columnNames.length > 1)
      .map(({ unique, columnNames, deferMode }) => {
        const of = columnNames.map((column) => quoted(this.#fieldOf(column))).join(', ');
        const deferred = deferMode === undefined ? '' : ', deferred: true';
        return `@${unique ? 'Unique' : 'Index'}({ of: [${of}]${deferred} })`;
      });
  }

  #field(column: Column): string[] {
    const { name, comment, nullable = false } = column;
    const field = this.#fieldOf(name);
    const relation = this.#relations.get(name);
    const isKey = this.#keys.includes(name);
    const { type, marks } =
      relation === undefined
        ? writtenColumn(column, isKey)
        : { type: `Rel<${classNameOf(bare(relation.referencedTableName))}>`, marks: [] };
    const own = snakeOf(field) + (relation === undefined ? '' : '_id');
    const all = [
      ...(isKey ? ['@Id()'] : []),
      ...(relation === undefined ? this.#found(name) : this.#unique(name)),
      ...deleted(relation),
      ...(own === name ? [] : [`@Column({ name: ${quoted(name)} })`]),
      ...marks,
    ];
    const initial = isKey ? undefined : initialOf(column, type);
    const declared = nullable
      ? `${field}: ${type} | null = ${initial ?? 'null'};`
      : initial === undefined
        ? `${field}!: ${type};`
        : `${field}: ${type} = ${initial};`;
    return [...documented(comment, '  '), `  ${[...all, declared].join(' ')}`];
  }

  /** A relation has an index by itself. */
  #found(name: string): string[] {
    const isIndexed = this.#alone(name).some(({ unique }) => !unique);
    return [...this.#unique(name), ...(isIndexed ? ['@Index()'] : [])];
  }

  #unique(name: string): string[] {
    return this.#alone(name).some(({ unique }) => unique) ? ['@Unique()'] : [];
  }

  #alone(name: string) {
    return this.#table
      .getIndexes()
      .filter(({ primary, columnNames }) => !primary && columnNames.join() === name);
  }

  #fieldOf(column: string): string {
    const words = this.#relations.has(column) ? column.replace(/_id$/, '') : column;
    return words.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  }
}

function deleted(relation: ForeignKey | undefined): string[] {
  const rule = relation?.deleteRule ?? 'no action';
  return rule === 'no action' ? [] : [`@OnDelete(${quoted(rule)})`];
}

/** What a new row has where nothing is said; undefined for what only the database can say. */
function initialOf({ default: said }: Column, type: string): string | undefined {
  if (said === null || said === undefined) return undefined;
  if (type === 'Date') return /^(now\(\)|current_timestamp)/i.test(said) ? 'new Date()' : undefined;
  if (type.endsWith('[]')) return said === "'{}'" ? '[]' : undefined;
  if (/^(true|false)$/.test(said)) return said;
  if (/^-?\d+(\.\d+)?$/.test(said)) return type === 'bigint' ? `${said}n` : said;
  const [, text] = /^'((?:[^']|'')*)'$/.exec(said) ?? [];
  const isText = type === 'string' || type.startsWith("'");
  return text !== undefined && isText ? quoted(text.replaceAll("''", "'")) : undefined;
}

function documented(comment: string | null | undefined, indent: string): string[] {
  return comment === null || comment === undefined || comment === ''
    ? []
    : [`${indent}/** ${comment.replaceAll('*/', '* /').replaceAll('\n', ' ')} */`];
}

/** Without its schema. */
function bare(table: string): string {
  return table.slice(table.lastIndexOf('.') + 1);
}

function classNameOf(table: string): string {
  const name = table.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
  return /^\d/.test(name) ? `Table${name}` : name;
}

function snakeOf(name: string): string {
  return name.replace(
    /[A-Z]/g,
    (letter, at: number) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`,
  );
}

function unquoted(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.)*'|\/\*\*.*?\*\//g, '');
}
