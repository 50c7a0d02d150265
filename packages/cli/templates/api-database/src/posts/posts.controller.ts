import { Controller, Delete, Depends, Get, HTTPException, Post, Query, type int } from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import { Session } from '@vivace/sql';
import { currentUser } from '../auth/current-user.js';
import type { User } from '../users/user.entity.js';
import { Post as PostRow, type PostIn, type PostOut } from './post.entity.js';

@Controller('/posts', { tags: ['posts'] })
export class PostsController {
  constructor(private readonly db: Session) {}

  /** The newest first. */
  @Get()
  list(@Query() page: PageQuery): Promise<Page<PostOut>> {
    return this.db.page(PostRow, page, {}, { order: '-id', populate: ['author'] });
  }

  @Get('/:post_id')
  read(post_id: int): Promise<PostOut> {
    return this.db.get(PostRow, { id: post_id }, { populate: ['author'] });
  }

  @Post('', { status: 201 })
  add(post: PostIn, @Depends(currentUser) author: User): PostOut {
    return this.db.add(PostRow, { ...post, author });
  }

  /** Only its author may. */
  @Delete('/:post_id', { status: 204 })
  async remove(post_id: int, @Depends(currentUser) user: User): Promise<void> {
    const post = await this.db.get(PostRow, { id: post_id });
    if (post.author !== user) throw new HTTPException(403, 'This is the post of somebody else.');
    this.db.remove(post);
  }
}
