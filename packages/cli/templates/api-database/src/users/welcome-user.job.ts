import { Job } from '@vivace/queue';
import { Session } from '@vivace/sql';
import type { int } from 'vivace';
import { Mailer } from '../common/mailer.js';
import { User } from './user.entity.js';

class SignedUp {
  userId!: int;
}

/** Runs after the sign-up was committed, and again until it works. */
@Job({ retries: 5 })
export class WelcomeUser {
  constructor(
    private readonly db: Session,
    private readonly mailer: Mailer,
  ) {}

  async run({ userId }: SignedUp): Promise<void> {
    const { name, email } = await this.db.get(User, { id: userId });
    await this.mailer.send(email, `Welcome, ${name}!`);
  }
}
