import { CommandError } from '../commands/command-error';
import { statementsOf } from '../opening/statements';

/** What somebody who generates a migration has said about columns that are gone. */
export interface Allowed {
  readonly drop: boolean;
}

/** What a migration does, and how it is taken back; as MikroORM writes both. */
export interface Difference {
  readonly up: string[];
  readonly down: string[];
}

/**
 * Refuses what would lose values, or fail on a table that has rows, without a word.
 *
 * @throws CommandError with what to say
 */
export function checkDifference({ up }: Difference, { drop }: Allowed): void {
  for (const statement of statementsOf(up.join('\n'))) {
    checkRename(statement);
    checkNull(statement);
    if (!drop) checkDrop(statement);
  }
}

/** One column is gone and one of its type is new: only a person knows whether they are the same. */
function checkRename(statement: string): void {
  const match = /^alter table (\S+) rename column "([^"]+)" to "([^"]+)"/.exec(statement);
  if (match === null) return;
  const [, quoted = '', from = '', to = ''] = match;
  const table = bare(quoted);
  throw new CommandError(
    `${table}.${from} is gone, and ${table}.${to} is new and of its type.`,
    `--rename ${table}.${from}:${to} keeps the values, --drop ${table}.${from} loses them`,
  );
}

function checkNull(statement: string): void {
  const table = /^alter table (\S+) add /.exec(statement)?.[1];
  if (table === undefined) return;
  for (const [, column = '', rest = ''] of statement.matchAll(
    /\badd "([^"]+)" ([^]*?)(?=, add "|$)/g,
  ))
    if (/\bnot null\b/.test(rest) && !/\b(?:default|generated|serial)\b/.test(rest))
      throw new CommandError(
        `${bare(table)}.${column} is new and may not be null: rows that are there have no value.`,
        'an initial value of the field, @Column({ default: … }), or a type with null',
      );
}

function checkDrop(statement: string): void {
  const table = /^drop table (?:if exists )?(\S+)/.exec(statement)?.[1];
  const altered = /^alter table (\S+) .*?\bdrop column "([^"]+)"/.exec(statement);
  const dropped =
    table === undefined ? altered && `${bare(altered[1]!)}.${altered[2]}` : bare(table);
  if (dropped === null) return;
  throw new CommandError(
    `${dropped} is gone from the classes, and the migration would drop it with its values.`,
    '--drop, if that is wanted',
  );
}

function bare(name: string): string {
  return name.replaceAll('"', '').replace(/^public\./, '');
}
