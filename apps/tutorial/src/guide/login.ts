import { MinLength } from 'class-validator';
import {
  Controller,
  Form,
  Get,
  HTTPException,
  Injectable,
  Post,
  Secret,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
  make,
  type email,
} from 'vivace';
import {
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  hashPassword,
  signToken,
  verifyPassword,
  verifyToken,
} from 'vivace/security';
import { Settings } from 'vivace/settings';

@Settings({ envFile: '.env' })
class AppSettings {
  jwtKey!: Secret;
}

class SignUp {
  email!: email;
  @MinLength(10) password!: Secret;
}
class User {
  email!: string;
  scopes: string[] = ['me'];
}
class Account extends User {
  hash!: string;
}

@Injectable({ lifetime: 'singleton' })
class Accounts {
  private readonly all = new Map<string, Account>();

  async add({ email, password }: SignUp): Promise<Account> {
    if (this.all.has(email)) throw new HTTPException(409, 'This address has an account');
    const account = make(Account, { email, hash: await hashPassword(password.reveal()) });
    this.all.set(email, account);
    return account;
  }
  find(email: string): Account | undefined {
    return this.all.get(email);
  }
}

const oauth2 = new OAuth2PasswordBearer({
  tokenUrl: 'login',
  scopes: { me: 'Read your account', orders: 'Read your orders' },
});

const currentUser = dependency(
  { token: oauth2, required: SecurityScopes, accounts: Accounts, settings: AppSettings },
  async ({ token, required, accounts, settings }) => {
    const claims = await verifyToken(token, settings.jwtKey.reveal());
    const account = claims && accounts.find(claims.sub);
    if (account === undefined) throw oauth2.reject('Could not validate credentials');
    const granted = String(claims?.['scope']).split(' ');
    if (!required.scopes.every((scope) => granted.includes(scope)))
      throw new HTTPException(403, `Needs ${required}`);
    return account;
  },
);

@Controller()
class Routes {
  constructor(
    private readonly accounts: Accounts,
    private readonly settings: AppSettings,
  ) {}

  @Post('/accounts', { status: 201 })
  signUp(form: SignUp): Promise<User> {
    return this.accounts.add(form);
  }

  @Post('/login')
  async login(@Form() form: OAuth2PasswordRequestForm) {
    const account = this.accounts.find(form.username);
    if (!(await verifyPassword(form.password, account?.hash)) || account === undefined)
      throw oauth2.reject('Incorrect username or password');
    const scope = form.scopes.filter((one) => account.scopes.includes(one)).join(' ');
    const access_token = await signToken(
      { sub: account.email, scope },
      this.settings.jwtKey.reveal(),
      { seconds: 15 * 60 },
    );
    return { access_token, token_type: 'bearer' };
  }

  @Get('/me')
  me(@Security(currentUser, ['me']) user: Account): User {
    return user;
  }

  @Get('/orders')
  orders(@Security(currentUser, ['orders']) user: Account): string[] {
    return [`The orders of ${user.email}`];
  }
}

export const app = new Vivace({ title: 'Login', controllers: [Routes] });
