import { dependency } from 'vivace';
import { OAuth2PasswordBearer, verifyToken } from 'vivace/security';
import { Session } from '@vivace/sql';
import { ApiSettings } from '../settings.js';
import { User } from '../users/user.entity.js';

const bearer = new OAuth2PasswordBearer({ tokenUrl: '/token' });

/** The user whose token the request carries; 401 without one. */
export const currentUser = dependency(
  { token: bearer, db: Session, settings: ApiSettings },
  async ({ token, db, settings }): Promise<User> => {
    const claims = await verifyToken(token, settings.tokenSecret.reveal());
    const user = claims && (await db.findOne(User, { id: Number(claims.sub) }));
    if (!user) throw bearer.reject();
    return user;
  },
);
