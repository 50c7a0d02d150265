import { Length } from 'class-validator';
import { Secret, type email, type int } from 'vivace';

export class UserIn {
  @Length(1, 80) name!: string;
  email!: email;
  /** Never part of an answer: `User` does not have it. */
  @Length(8, 200) password!: Secret;
}

export class User {
  id!: int;
  name!: string;
  email!: email;
  createdAt!: Date;
}
