import { Controller, Form, HTTPException, Post } from 'vivace';
import { rateLimit } from 'vivace/middleware';
import {
  OAuth2PasswordRequestForm,
  hashPassword,
  signToken,
  verifyPassword,
} from 'vivace/security';
import { ApiSettings } from '../settings.js';
import { UsersRepository } from '../users/users.repository.js';

class Token {
  access_token!: string;
  token_type!: 'bearer';
}

/** An unknown user costs as much time as a wrong password. */
const nobody = hashPassword('a password that nobody has');

@Controller('', { tags: ['auth'] })
export class AuthController {
  constructor(
    private readonly users: UsersRepository,
    private readonly settings: ApiSettings,
  ) {}

  /** Signs in with e-mail address and password. */
  @Post('/token', { middleware: [rateLimit({ limit: 20, seconds: 60 })] })
  async signIn(@Form() form: OAuth2PasswordRequestForm): Promise<Token> {
    const user = await this.users.byEmail(form.username);
    const fits = await verifyPassword(form.password, user?.passwordHash ?? (await nobody));
    if (!user || !fits) throw new HTTPException(401, 'Wrong e-mail address or password');
    const { tokenSecret, tokenSeconds } = this.settings;
    return {
      access_token: await signToken({ sub: String(user.id) }, tokenSecret.reveal(), {
        seconds: tokenSeconds,
      }),
      token_type: 'bearer',
    };
  }
}
