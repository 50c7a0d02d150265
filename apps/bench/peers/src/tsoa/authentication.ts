import type { Request } from 'express';
import { Session, type Person } from '../business.js';

export type Authenticated = Request & { user: Person; session: Session };
const settings = { role: 'member' };

class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

// eslint-disable-next-line typescript/require-await -- a real one would ask a database
export async function expressAuthentication(
  request: Request,
  _security: string,
  _scopes?: string[],
): Promise<Person> {
  const session = new Session();
  request.res?.once('close', () => session.close());
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  const user =
    scheme?.toLowerCase() === 'bearer' && token !== undefined ? session.find(token) : undefined;
  if (user === undefined) throw new Refused(401, 'Not authenticated');
  if (!user.roles.includes(settings.role)) throw new Refused(403, 'Forbidden');
  return user;
}
