import { Controller, Delete, Depends, Get, HTTPException, Post, Query, type int } from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import { currentUser } from '../auth/current-user.js';
import { NotFound } from '../common/errors.js';
import type { User } from '../users/users.models.js';
import { PostIn, Post as PostOut } from './posts.models.js';
import { PostsRepository } from './posts.repository.js';

@Controller('/posts', { tags: ['posts'] })
export class PostsController {
  constructor(private readonly posts: PostsRepository) {}

  /** The newest first. */
  @Get()
  async list(@Query() page: PageQuery): Promise<Page<PostOut>> {
    return Page.of(await this.posts.list(page), await this.posts.count(), page);
  }

  @Get('/:post_id')
  async read(post_id: int): Promise<PostOut> {
    return this.#find(post_id);
  }

  @Post('', { status: 201 })
  add(post: PostIn, @Depends(currentUser) author: User): Promise<PostOut> {
    return this.posts.add({ ...post, author, createdAt: new Date() });
  }

  /** Only its author may. */
  @Delete('/:post_id', { status: 204 })
  async remove(post_id: int, @Depends(currentUser) user: User): Promise<void> {
    const post = await this.#find(post_id);
    if (post.author.id !== user.id)
      throw new HTTPException(403, 'This is the post of somebody else.');
    await this.posts.remove(post_id);
  }

  async #find(id: number): Promise<PostOut> {
    const post = await this.posts.byId(id);
    if (!post) throw new NotFound('Post');
    return post;
  }
}
