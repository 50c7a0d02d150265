import { Length, Max, Min } from 'class-validator';
import { Field, type email, type int } from 'vivace';

export enum Family {
  Strings = 'strings',
  Woodwind = 'woodwind',
  Brass = 'brass',
  Percussion = 'percussion',
  Keyboard = 'keyboard',
}

/** An instrument as the desk registers it. */
export class InstrumentIn {
  @Length(1, 80) name!: string;
  family!: Family;
  /** The year it was built, if anybody knows. */
  @Min(1500) @Max(2100) built: int | null = null;
  /** What a week costs, in euros. */
  @Min(0) weekly: number = 0;
  tags: string[] = [];
}

/** An instrument of the library. */
export class Instrument extends InstrumentIn {
  id!: int;
  /** Who has it at the moment. */
  lentTo: int | null = null;
  /** Whether it can be borrowed now. */
  @Field()
  get available(): boolean {
    return this.lentTo === null;
  }
}

/** What may be changed of an instrument: only the fields that are sent are changed. */
export class InstrumentChanges {
  @Length(1, 80) name?: string;
  @Min(0) weekly?: number;
  tags?: string[];
}

export class MemberIn {
  @Length(1, 80) name!: string;
  email!: email;
  /** Never part of a response: `Member` does not declare it. */
  @Length(8, 200) password!: string;
}

export class Member {
  id!: int;
  name!: string;
  email!: email;
  joined!: Date;
}

/** A member who has an instrument until some day. */
export class Loan {
  instrument!: Instrument;
  member!: Member;
  until!: Date;
}

export class Message {
  message!: string;
}
