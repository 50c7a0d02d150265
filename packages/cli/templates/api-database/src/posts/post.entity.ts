import { Length } from 'class-validator';
import { Entity, Id, type Rel } from '@vivace/sql';
import type { int } from 'vivace';
import { User } from '../users/user.entity.js';

@Entity({ table: 'posts' })
export class Post {
  @Id() id!: int;
  @Length(1, 200) title!: string;
  text: string = '';
  tags: string[] = [];
  author!: Rel<User>;
  createdAt: Date = new Date();
}

export type PostIn = Pick<Post, 'title' | 'text' | 'tags'>;

export interface PostOut extends Omit<Post, 'author'> {
  author: Pick<User, 'id' | 'name'>;
}
