import { Length } from 'class-validator';
import { Entity, Id } from '@vivace/sql';
import type { int } from 'vivace';

@Entity({ table: '{{snake}}' })
export class {{model}} {
  @Id() id!: int;
  @Length(1, 200) name!: string;
  description: string | null = null;
  createdAt: Date = new Date();
}

export type {{singular}}In = Pick<{{model}}, 'name' | 'description'>;
