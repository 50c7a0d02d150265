import { dependency } from 'vivace';
import { OAuth2PasswordBearer, verifyToken } from 'vivace/security';
import { ApiSettings } from '../settings.js';
import type { User } from '../users/users.models.js';
import { UsersRepository } from '../users/users.repository.js';

const bearer = new OAuth2PasswordBearer({ tokenUrl: '/token' });

/** The user whose token the request carries; 401 without one. */
export const currentUser = dependency(
  { token: bearer, users: UsersRepository, settings: ApiSettings },
  async ({ token, users, settings }): Promise<User> => {
    const claims = await verifyToken(token, settings.tokenSecret.reveal());
    const user = claims && (await users.byId(Number(claims.sub)));
    if (!user) throw bearer.reject();
    return user;
  },
);
