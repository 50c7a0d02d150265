import { Length } from 'class-validator';
import { Entity, Id, Unique, type Hidden } from '@vivace/sql';
import type { Secret, email, int } from 'vivace';

/** A row, and what answers show of it. */
@Entity({ table: 'users' })
export class User {
  @Id() id!: int;
  @Length(1, 80) name!: string;
  @Unique() email!: email;
  passwordHash!: Hidden<string>;
  createdAt: Date = new Date();
}

export class UserIn {
  @Length(1, 80) name!: string;
  email!: email;
  @Length(8, 200) password!: Secret;
}
