import { Job } from '@vivace/queue';
import { Session } from '@vivace/sql';
import type { int } from 'vivace';
import { Instrument, Member } from './entities.js';

class LoanMade {
  instrument!: int;
  member!: int;
  until!: Date;
}

/** Runs once the loan was committed, and again until it works. */
@Job({ retries: 5 })
export class SendReceipt {
  constructor(private readonly db: Session) {}

  async run({ instrument, member, until }: LoanMade): Promise<{ sent: string }> {
    const { name, email } = await this.db.get(Member, { id: member });
    const lent = await this.db.get(Instrument, { id: instrument });
    const text = `${name}, please bring back ${lent.name} by ${until.toDateString()}.`;
    console.log(`a letter to ${email}: ${text}`);
    return { sent: text };
  }
}
