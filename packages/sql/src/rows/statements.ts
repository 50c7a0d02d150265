import type { QueryConfig, QueryResult } from 'pg';

/** Sends a statement; `read`: it changes and locks nothing. */
export type Run = (statement: QueryConfig, read: boolean) => Promise<QueryResult>;

/** Servers keep each of them for every connection. */
const KEPT = 500;
const names = new Map<string, string>();

export type RowStatement = QueryConfig & { rowMode: 'array' };

/** A statement that the server reads once for a connection. Texts of filters differ by their form only, never by values. */
export function named(text: string, values: unknown[]): RowStatement {
  let name = names.get(text);
  if (name === undefined && names.size < KEPT) {
    name = `vivace_${names.size}`;
    names.set(text, name);
  }
  return { text, values, rowMode: 'array', ...(name !== undefined && { name }) };
}

/** Its rows have the names of columns, and are not lists. */
export function withNames({ text, values, name }: RowStatement): QueryConfig {
  return { text, ...(values !== undefined && { values }), ...(name !== undefined && { name }) };
}
