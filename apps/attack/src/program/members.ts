import { randomBytes } from 'node:crypto';
import {
  Controller,
  Form,
  Get,
  HTTPException,
  Injectable,
  Model,
  Post,
  Request,
  Security,
  SecurityScopes,
  dependency,
  type int,
} from 'vivace';
import {
  WebSession,
  cache,
  idempotency,
  memoryStore,
  rateLimit,
  sessions,
} from 'vivace/middleware';
import {
  APIKeyHeader,
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  hashPassword,
  verifyPassword,
  verifyToken,
} from 'vivace/security';
import { AttackSettings } from './settings.js';

/** What the tokens of the suite say besides who it is. */
const AUDIENCE = 'attack';
const ISSUER = 'https://issuer.example';

const oauth2 = new OAuth2PasswordBearer({
  tokenUrl: 'login',
  scopes: { me: 'Read your account', admin: 'Everything' },
});

const member = dependency(
  { token: oauth2, required: SecurityScopes, settings: AttackSettings },
  async ({ token, required, settings }) => {
    const claims = await verifyToken(token, settings.jwtKey.reveal(), {
      audience: AUDIENCE,
      issuer: ISSUER,
    });
    if (claims?.sub === undefined) throw oauth2.reject('Not with this token');
    const granted = String(claims['scope']).split(' ');
    if (!required.scopes.every((scope) => granted.includes(scope)))
      throw new HTTPException(403, `Needs ${required}`);
    return claims.sub;
  },
);

const key = dependency({ sent: new APIKeyHeader({ key: 'x-key' }) }, ({ sent }) => {
  if (sent !== 'ann' && sent !== 'bob') throw new HTTPException(401, 'Not with this key');
  return sent;
});

@Injectable({ lifetime: 'singleton' })
class Passwords {
  readonly ann = hashPassword('correct horse');
}

@Model({ extra: 'forbid', strict: true })
class Payment {
  cents!: int;
}

let payments = 0;

@Controller()
export class Members {
  constructor(private readonly passwords: Passwords) {}

  @Get('/me')
  me(@Security(member, ['me']) name: string): string {
    return name;
  }

  @Get('/admin')
  admin(@Security(member, ['admin']) name: string): string {
    return name;
  }

  /** Whoever may not ask is told so before anything that was sent is looked at. */
  @Post('/private')
  secured(@Security(member, ['me']) _name: string, payment: Payment): int {
    return payment.cents;
  }

  @Get('/report', { middleware: [cache({ seconds: 60 })] })
  report(@Security(key) name: string): string {
    return `the secret of ${name}`;
  }

  @Post('/payments', { status: 201, middleware: [idempotency()] })
  pay(@Security(member, ['me']) name: string, payment: Payment): string {
    payments += 1;
    return `${name} pays ${payment.cents}: payment ${payments}`;
  }

  @Post('/login', { middleware: [rateLimit({ limit: 20, seconds: 60 })] })
  async login(@Form() form: OAuth2PasswordRequestForm, request: Request): Promise<string> {
    const hash = form.username === 'ann' ? await this.passwords.ann : undefined;
    if (await verifyPassword(form.password, hash)) return form.username;
    request.log.info({ user: form.username }, 'A login failed');
    throw new HTTPException(401, 'Wrong name or password');
  }
}

interface Visitor {
  user: string;
  visits: number;
}

@Controller('/session', {
  middleware: [sessions({ secret: randomBytes(32).toString('hex'), store: memoryStore() })],
})
export class Visits {
  @Post('/login')
  async login(user: { name: string }, session: WebSession<Visitor>): Promise<string> {
    await session.regenerate();
    session.data.user = user.name;
    return user.name;
  }

  @Get('/me')
  me(session: WebSession<Visitor>): string {
    if (session.data.user === undefined) throw new HTTPException(401, 'Log in first');
    return session.data.user;
  }

  @Post('/note')
  note(session: WebSession<Visitor>): string {
    return session.data.user ?? 'nobody';
  }

  /** Writes to the session after a while. */
  @Post('/slow')
  async slow(session: WebSession<Visitor>): Promise<string> {
    const { user = 'nobody', visits = 0 } = session.data;
    await new Promise((resolve) => setTimeout(resolve, 300));
    session.data.visits = visits + 1;
    return user;
  }

  @Post('/logout')
  async logout(session: WebSession<Visitor>): Promise<null> {
    await session.destroy();
    return null;
  }
}
