import { Injectable, make } from 'vivace';
import { Family, Instrument, Member } from './models.js';

interface StoredMember extends Member {
  password: string;
}

/** The shelves: everything is kept in memory and begins anew with each start. */
@Injectable({ lifetime: 'singleton' })
export class Library {
  readonly instruments = new Map<number, Instrument>();
  readonly members = new Map<number, StoredMember>();

  constructor() {
    const shelf: [string, Family, number | null, number, string[]][] = [
      ['Violin "Ysaÿe"', Family.Strings, 1740, 120, ['concert']],
      ['Clarinet in B flat', Family.Woodwind, 1988, 9.5, ['beginner', 'orchestra']],
      ['French horn', Family.Brass, 2004, 18, ['orchestra']],
      ['Vibraphone', Family.Percussion, 1975, 35, ['jazz']],
      ['Harpsichord', Family.Keyboard, null, 80, ['baroque', 'heavy']],
    ];
    for (const [name, family, built, weekly, tags] of shelf)
      this.add({ name, family, built, weekly, tags });
    this.join({ name: 'Clara', email: 'clara@example.com', password: 'kinderszenen' });
    this.join({ name: 'Django', email: 'django@example.com', password: 'nuages-1940' });
  }

  add(fields: Pick<Instrument, 'name' | 'family' | 'built' | 'weekly' | 'tags'>): Instrument {
    const instrument = make(Instrument, { ...fields, id: this.instruments.size + 1 });
    this.instruments.set(instrument.id, instrument);
    return instrument;
  }

  join(fields: Pick<StoredMember, 'name' | 'email' | 'password'>): Member {
    const member = { ...fields, id: this.members.size + 1, joined: new Date() };
    this.members.set(member.id, member);
    return member;
  }
}
