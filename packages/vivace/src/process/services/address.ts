import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the supervisor of a service listens, and the words by which both sides know each other: ports are open to every user of a machine. */
export interface Address {
  readonly port: number;
  readonly greeting: string;
  readonly answer: string;
}

const fileIn = (folder: string): string => join(folder, 'supervisor.json');

/** Undefined where nobody has listened yet. */
export function readAddress(folder: string): Address | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Address;
  } catch {
    return undefined;
  }
}

/** Writes it for this user alone. */
export function writeAddress(folder: string, address: Address): void {
  const unfinished = `${fileIn(folder)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(address), { mode: 0o600 });
  renameSync(unfinished, fileIn(folder));
}

export function removeAddress(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

export const newWord = (): string => randomBytes(24).toString('base64url');
