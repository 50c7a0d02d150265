import { Injectable } from 'vivace';
import { hashPassword } from 'vivace/security';
import { Conflict, NotFound } from '../common/errors.js';
import type { UserIn } from './users.models.js';
import { UsersRepository, type StoredUser } from './users.repository.js';

@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  async signUp({ name, email, password }: UserIn): Promise<StoredUser> {
    const passwordHash = await hashPassword(password.reveal());
    const user = await this.users.add({ name, email, passwordHash, createdAt: new Date() });
    if (!user) throw new Conflict('email is taken');
    return user;
  }

  async get(id: number): Promise<StoredUser> {
    const user = await this.users.byId(id);
    if (!user) throw new NotFound('User');
    return user;
  }
}
