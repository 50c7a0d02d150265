import { Injectable } from 'vivace';
import { hashPassword } from 'vivace/security';
import { Jobs } from '@vivace/queue';
import { Session } from '@vivace/sql';
import { User, type UserIn } from './user.entity.js';
import { WelcomeUser } from './welcome-user.job.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  /** An address that somebody has is a 409; then there is no job either. */
  async signUp({ name, email, password }: UserIn): Promise<User> {
    const passwordHash = await hashPassword(password.reveal());
    const user = await this.db.insert(User, { name, email, passwordHash });
    await this.jobs.add(WelcomeUser, { userId: user.id });
    return user;
  }
}
