import { Length } from 'class-validator';
import type { email } from 'vivace';
import type { Instrument, Member } from './entities.js';

/** An instrument as the desk registers it. */
export type InstrumentIn = Pick<Instrument, 'name' | 'family' | 'built' | 'weekly' | 'tags'>;

/** What may be changed of an instrument: only the fields that are sent are changed. */
export type InstrumentChanges = Partial<Pick<Instrument, 'name' | 'weekly' | 'tags'>>;

/** An instrument as everybody sees it: of who has it, the name only. */
export interface InstrumentOut extends Omit<Instrument, 'lentTo'> {
  lentTo: Pick<Member, 'id' | 'name'> | null;
}

export class MemberIn {
  @Length(1, 80) name!: string;
  email!: email;
  /** Kept as a hash. */
  @Length(8, 200) password!: string;
}

/** A member who has an instrument until some day. */
export class Loan {
  instrument!: InstrumentOut;
  member!: Member;
  until!: Date;
}

export class Message {
  message!: string;
}
