import { Length } from 'class-validator';
import { Entity, Id } from '@vivace/sql';
import type { int } from 'vivace';

@Entity({ table: '{{snake}}' })
export class {{model}} {
  @Id() id!: int;
  @Length(1, 200) name!: string;
  createdAt: Date = new Date();
}
