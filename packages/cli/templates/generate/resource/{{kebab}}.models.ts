import { Length } from 'class-validator';
import type { int } from 'vivace';

export class {{singular}}In {
  @Length(1, 200) name!: string;
  description?: string;
}

export class {{model}} extends {{singular}}In {
  id!: int;
}
