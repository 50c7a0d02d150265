import { Injectable } from 'vivace';
import type { Post } from './posts.models.js';

export abstract class PostsRepository {
  abstract add(post: Omit<Post, 'id'>): Promise<Post>;
  abstract byId(id: number): Promise<Post | undefined>;
  /** The newest first. */
  abstract list(page: { readonly offset: number; readonly size: number }): Promise<Post[]>;
  abstract count(): Promise<number>;
  abstract remove(id: number): Promise<void>;
}

/** Posts in the memory of this process: gone when it ends. */
@Injectable({ lifetime: 'singleton' })
export class MemoryPosts extends PostsRepository {
  readonly #posts = new Map<number, Post>();
  #last = 0;

  async add(post: Omit<Post, 'id'>): Promise<Post> {
    const stored = { ...post, id: ++this.#last };
    this.#posts.set(stored.id, stored);
    return stored;
  }

  async byId(id: number): Promise<Post | undefined> {
    return this.#posts.get(id);
  }

  async list({
    offset,
    size,
  }: {
    readonly offset: number;
    readonly size: number;
  }): Promise<Post[]> {
    return [...this.#posts.values()].toReversed().slice(offset, offset + size);
  }

  async count(): Promise<number> {
    return this.#posts.size;
  }

  async remove(id: number): Promise<void> {
    this.#posts.delete(id);
  }
}
