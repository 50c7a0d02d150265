const DEVELOPMENT = process.env['NODE_ENV'] !== 'production';

/** In development rows that nobody tracks cannot be assigned to: the change would be forgotten. */
export function frozen(rows: object[]): object[] {
  if (DEVELOPMENT) for (const row of rows) freeze(row);
  return rows;
}

function freeze(row: object): void {
  if (Object.isFrozen(row)) return;
  Object.freeze(row);
  for (const value of Object.values(row))
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) freeze(value);
}
