import { Injectable } from 'vivace';
import type { {{model}}, {{singular}}In } from './{{kebab}}.models.js';

/** In the memory of this process: gone when it ends. */
@Injectable({ lifetime: 'singleton' })
export class {{pascal}}Repository {
  readonly #all = new Map<number, {{model}}>();
  #last = 0;

  async list(): Promise<{{model}}[]> {
    return [...this.#all.values()];
  }

  async byId(id: number): Promise<{{model}} | undefined> {
    return this.#all.get(id);
  }

  async add(values: {{singular}}In): Promise<{{model}}> {
    return this.put(++this.#last, values);
  }

  async put(id: number, values: {{singular}}In): Promise<{{model}}> {
    const stored = { ...values, id };
    this.#all.set(id, stored);
    return stored;
  }

  async remove(id: number): Promise<boolean> {
    return this.#all.delete(id);
  }
}
