import { describe } from '../errors/where';
import type { Operation } from './model';

/** An operation as logs name it: `GET /items/:id: Items.read (src/items.ts:12)`. */
export function operationName({
  methods = [],
  path,
  where,
}: Pick<Operation, 'path' | 'where'> & Partial<Pick<Operation, 'methods'>>): string {
  return `${methods.join('|')} ${path}: ${describe(where)}`.trim();
}
