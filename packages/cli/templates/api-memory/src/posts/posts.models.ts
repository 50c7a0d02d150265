import { Length } from 'class-validator';
import type { int } from 'vivace';
import type { User } from '../users/users.models.js';

export class PostIn {
  @Length(1, 200) title!: string;
  text: string = '';
  tags: string[] = [];
}

export class Post extends PostIn {
  id!: int;
  author!: Pick<User, 'id' | 'name'>;
  createdAt!: Date;
}
