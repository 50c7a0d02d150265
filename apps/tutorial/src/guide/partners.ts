import {
  Body,
  Controller,
  Depends,
  Get,
  HTTPException,
  Injectable,
  Post,
  Secret,
  Vivace,
  WebSocket,
  WebSocketRoute,
  dependency,
} from 'vivace';
import { memoryStore } from 'vivace/middleware';
import {
  APIKeyHeader,
  HTTPDigest,
  OpenIdConnect,
  Public,
  RefreshTokens,
  anyOf,
  revokeToken,
  sameSecret,
  signToken,
  verifyToken,
} from 'vivace/security';
import { Settings } from 'vivace/settings';

@Settings()
class PartnerSettings {
  jwtKey!: Secret;
  partnerKey!: Secret;
}

class Tokens {
  access_token!: string;
  refresh_token!: string;
}

const store = memoryStore();
const logins = new RefreshTokens({ store });
const openId = new OpenIdConnect({ url: '/.well-known/openid-configuration' });
const apiKey = new APIKeyHeader({ key: 'X-Partner-Key' });
const digest = new HTTPDigest({ optional: true });

@Injectable({ lifetime: 'singleton' })
class Sessions {
  constructor(private readonly settings: PartnerSettings) {}

  async open(sub: string, refresh_token?: string): Promise<Tokens> {
    const access_token = await signToken({ sub }, this.settings.jwtKey.reveal(), {
      seconds: 5 * 60,
    });
    return { access_token, refresh_token: refresh_token ?? (await logins.issue({ sub })) };
  }
  claims(header: string) {
    return verifyToken(header.replace(/^Bearer /i, ''), this.settings.jwtKey.reveal(), {
      revoked: store,
    });
  }
}

/** A person with a token, or a partner with a key. */
const caller = dependency(
  { by: anyOf({ header: openId, key: apiKey }), sessions: Sessions, settings: PartnerSettings },
  async ({ by, sessions, settings }) => {
    if (by.key !== undefined) {
      if (!sameSecret(by.key, settings.partnerKey.reveal())) throw apiKey.reject('Unknown key');
      return 'partner';
    }
    const claims = await sessions.claims(by.header);
    if (claims === undefined) throw openId.reject('Could not validate credentials');
    return claims.sub;
  },
);

@Controller('', { dependencies: [caller] })
class Routes {
  constructor(private readonly sessions: Sessions) {}

  @Public()
  @Post('/refresh')
  async refresh(@Body({ embed: true }) refresh_token: string): Promise<Tokens> {
    const renewed = await logins.exchange(refresh_token);
    if (renewed === undefined) throw new HTTPException(401, 'Log in again');
    return this.sessions.open(renewed.claims.sub, renewed.token);
  }

  /** A partner logs its customers in. */
  @Post('/customers/:name')
  login(name: string): Promise<Tokens> {
    return this.sessions.open(name);
  }

  @Get('/me')
  me(@Depends(caller) caller: string): string {
    return caller;
  }

  @Post('/logout', { status: 204 })
  async logout(
    @Depends(openId) header: string,
    @Body({ embed: true }) refresh_token: string,
  ): Promise<void> {
    const claims = await this.sessions.claims(header);
    if (claims !== undefined) await revokeToken(claims, store);
    await logins.revoke(refresh_token);
  }

  @Public()
  @Get('/who')
  who(@Depends(digest) given: unknown): string {
    return given === undefined ? 'nobody' : 'somebody';
  }

  @WebSocketRoute('/feed')
  async feed(@Depends(caller) caller: string, socket: WebSocket): Promise<void> {
    await socket.send(`Hello ${caller}`);
  }
}

export const app = new Vivace({ title: 'Partners', controllers: [Routes] });
