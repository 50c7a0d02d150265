import { Length, Max, Min } from 'class-validator';
import { Entity, Id, Index, Unique, type Hidden, type Rel } from '@vivace/sql';
import { Field, type email, type int } from 'vivace';

export enum Family {
  Strings = 'strings',
  Woodwind = 'woodwind',
  Brass = 'brass',
  Percussion = 'percussion',
  Keyboard = 'keyboard',
}

/** Who may borrow. */
@Entity({ table: 'members' })
export class Member {
  @Id() id!: int;
  @Length(1, 80) name!: string;
  @Unique() email!: email;
  /** A column, and in no answer, document or log. */
  passwordHash!: Hidden<string>;
  joined: Date = new Date();
}

/** An instrument of the library. */
@Entity({ table: 'instruments' })
export class Instrument {
  @Id() id!: int;
  @Length(1, 80) name!: string;
  @Index() family!: Family;
  /** The year it was built, if anybody knows. */
  @Min(1500) @Max(2100) built: int | null = null;
  /** What a week costs, in euros. */
  @Min(0) weekly: number = 0;
  tags: string[] = [];
  /** Who has it at the moment. */
  lentTo: Rel<Member> | null = null;

  /** Whether it can be borrowed now. */
  @Field()
  get available(): boolean {
    return this.lentTo === null;
  }
}
