import { Length } from 'class-validator';
import type { int } from 'vivace';

export class PostIn {
  @Length(1, 200) title!: string;
  text: string = '';
  tags: string[] = [];
}

export class Post extends PostIn {
  id!: int;
  authorId!: int;
  createdAt!: Date;
}
