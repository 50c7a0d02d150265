import type { Operation } from './model';

/** The header in which a request names the version that it means. */
export const API_VERSION = 'Accept-Version';

/** Whether `a` comes after `b`: `10` after `9`, `2026-03-01` after `2025-11-30`. */
export function newer(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) > 0;
}

/** The versions of some operations, the oldest first. */
export function allVersions(operations: readonly Operation[]): readonly string[] {
  const versions = new Set(operations.map(({ apiVersion }) => apiVersion));
  return [...versions]
    .filter((version) => version !== undefined)
    .toSorted((a, b) => (newer(a, b) ? 1 : -1));
}
