import { Injectable } from 'vivace';
import type { User } from './users.models.js';

export interface StoredUser extends User {
  readonly passwordHash: string;
}

export abstract class UsersRepository {
  /** Undefined where somebody has the address already. */
  abstract add(user: Omit<StoredUser, 'id'>): Promise<StoredUser | undefined>;
  abstract byId(id: number): Promise<StoredUser | undefined>;
  abstract byEmail(email: string): Promise<StoredUser | undefined>;
}

/** Users in the memory of this process: gone when it ends. */
@Injectable({ lifetime: 'singleton' })
export class MemoryUsers extends UsersRepository {
  readonly #users: StoredUser[] = [];

  async add(user: Omit<StoredUser, 'id'>): Promise<StoredUser | undefined> {
    if (this.#users.some(({ email }) => email === user.email)) return undefined;
    const stored = { ...user, id: this.#users.length + 1 };
    this.#users.push(stored);
    return stored;
  }

  async byId(id: number): Promise<StoredUser | undefined> {
    return this.#users.find((user) => user.id === id);
  }

  async byEmail(email: string): Promise<StoredUser | undefined> {
    return this.#users.find((user) => user.email === email);
  }
}
