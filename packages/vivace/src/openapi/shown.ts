import { allVersions } from '../model/api-version';
import type { Method } from '../declare/options/operation-options';
import type { Operation } from '../model/model';
import type { DocumentView } from '../declare/openapi';

/** An operation as a document shows it, and the versions that clients can choose from. */
export interface Shown {
  readonly operation: Operation;
  readonly method: Method;
  readonly versions: readonly string[];
}

/** The operations that a document shows: one for each path and method, as a client with its version and host would reach it. */
export function shownOperations(
  operations: readonly Operation[],
  { version, host }: DocumentView,
): readonly Shown[] {
  const visible = operations.filter(({ docs }) => !docs.hidden);
  const byPath = Map.groupBy(visible, ({ template }) => template);
  return visible.flatMap((operation) =>
    operation.methods.flatMap((method): Shown[] => {
      const others = byPath
        .get(operation.template)!
        .filter(({ methods }) => methods.includes(method));
      const versions = allVersions(others);
      const shown = version ?? versions.at(-1);
      if (operation.apiVersion !== undefined && operation.apiVersion !== shown) return [];
      const first = firstFor(host, operation, others);
      return first === operation ? [{ operation, method, versions }] : [];
    }),
  );
}

/** Of the operations of one path, method and version the one that a host reaches: its own before that of all hosts, else the first. */
function firstFor(
  host: string | undefined,
  { apiVersion }: Operation,
  others: readonly Operation[],
): Operation | undefined {
  const same = others.filter((one) => one.apiVersion === apiVersion);
  if (host === undefined) return same[0];
  return (
    same.find((one) => one.host?.test(host)) ??
    same.find((one) => one.host === undefined) ??
    same[0]
  );
}
