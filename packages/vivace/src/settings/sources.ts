import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../declare/environment';
import type { SettingsOptions } from '../declare/options/settings-options';

/** A variable and where it was found. */
export interface Found {
  readonly text: string;
  /** For messages: `the environment`, `.env`, `/run/secrets/api_key`. */
  readonly from: string;
}

/** All variables that settings may be read from: of two with one name that of the environment wins, then the last file, then a secret. */
export class Sources {
  readonly #found = new Map<string, Found>();
  readonly #caseSensitive: boolean;

  constructor(
    { envFile = [], secretsDir, caseSensitive = false }: SettingsOptions,
    environment: Environment,
  ) {
    this.#caseSensitive = caseSensitive;
    if (secretsDir !== undefined) this.#addSecrets(secretsDir);
    for (const file of typeof envFile === 'string' ? [envFile] : envFile) {
      if (existsSync(file)) this.#add(parseEnv(readText(file)), file);
    }
    this.#add(environment, 'the environment');
  }

  get(name: string): Found | undefined {
    return this.#found.get(this.#key(name));
  }

  /** What follows a prefix in the names that begin with it. */
  below(prefix: string): readonly string[] {
    const start = this.#key(prefix);
    return [...this.#found.keys()]
      .filter((name) => name.startsWith(start) && name !== start)
      .map((name) => name.slice(start.length));
  }

  /** Of names that differ in case only, the one in capitals wins. */
  #add(variables: Environment, from: string): void {
    const names = Object.keys(variables).toSorted(
      (a, b) => Number(isUpperCase(a)) - Number(isUpperCase(b)),
    );
    for (const name of names) {
      const text = variables[name];
      if (text !== undefined) this.#found.set(this.#key(name), { text, from });
    }
  }

  #addSecrets(directory: string): void {
    if (!existsSync(directory)) return;
    for (const name of readdirSync(directory)) {
      const file = join(directory, name);
      if (statSync(file).isFile())
        this.#found.set(this.#key(name), { text: readText(file).trim(), from: file });
    }
  }

  #key(name: string): string {
    return this.#caseSensitive ? name : name.toLowerCase();
  }
}

function isUpperCase(name: string): boolean {
  return name === name.toUpperCase();
}

function readText(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}
