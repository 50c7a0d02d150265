import { describe } from '../errors/where';
import type { Operation } from './model';

/** An operation as traces name it, `GET /items/:id`: never by the address that was asked for. */
export function templateOf({
  methods = [],
  path,
  where,
}: Pick<Operation, 'path' | 'where'> & Partial<Pick<Operation, 'methods'>>): string {
  const { type, member } = where;
  const name = [type, member].filter((part) => part !== undefined).join('.');
  return path === '' ? name : `${methods.join('|')} ${path}`.trim();
}

/** An operation as logs name it: `GET /items/:id: Items.read (src/items.ts:12)`. */
export function operationName({
  methods = [],
  path,
  where,
}: Pick<Operation, 'path' | 'where'> & Partial<Pick<Operation, 'methods'>>): string {
  return `${methods.join('|')} ${path}: ${describe(where)}`.trim();
}
