import { BootError } from '../errors/boot-error';
import { describe } from '../errors/where';
import type { Operation, SocketOperation } from './model';

/** Refuses two operations, or two WebSockets, that answer the same requests: the second would never run. */
export function checkRoutes(operations: readonly (Operation | SocketOperation)[]): void {
  const taken = new Map<string, (Operation | SocketOperation)[]>();
  for (const operation of operations) {
    for (const method of 'methods' in operation ? operation.methods : ['WebSocket']) {
      const route = `${operation.host?.source ?? ''} ${method} ${operation.path.replaceAll(/:[A-Za-z_$][\w$]*/g, ':').replace(/\*.*$/, '*')}`;
      const others = taken.get(route) ?? [];
      const first = others.find((other) => !areVersions(operation, other));
      if (first !== undefined) {
        throw new BootError(
          'ROUTE_DUPLICATE',
          operation.where,
          `${method} ${operation.path} is already answered by ${describe(first.where)}.`,
          'another path or method, one of the two operations only, or an apiVersion for each',
        );
      }
      taken.set(route, [...others, operation]);
    }
  }
}

/** Whether requests choose between two operations by their version. */
function areVersions(a: Operation | SocketOperation, b: Operation | SocketOperation): boolean {
  const [left, right] = [a, b].map((one) => ('apiVersion' in one ? one.apiVersion : undefined));
  return left !== undefined && right !== undefined && left !== right;
}

/** Whether two operations answer one method and path, for different hosts or versions, so that no document shows both. */
function areAlternatives(a: Operation, b: Operation): boolean {
  return a.template === b.template && a.methods.some((method) => b.methods.includes(method));
}

/** Refuses two documented operations with one id, which clients generated from the document could not tell apart. */
export function checkOperationIds(operations: readonly Operation[]): void {
  const taken = new Map<string, Operation>();
  for (const operation of operations.filter(({ docs }) => !docs.hidden)) {
    const first = taken.get(operation.id);
    if (first !== undefined && !areAlternatives(first, operation)) {
      throw new BootError(
        'OPERATION_ID',
        operation.where,
        `The operation id '${operation.id}' is also that of ${describe(first.where)}.`,
        `an operationId of its own in the options of one of them`,
      );
    }
    taken.set(operation.id, operation);
  }
}
