import {
  Controller,
  Depends,
  Form,
  Get,
  HTTPException,
  Post,
  Security,
  SecurityScopes,
  Vivace,
  dependency,
} from 'vivace';
import {
  OAuth2PasswordBearer,
  OAuth2PasswordRequestForm,
  hashPassword,
  signToken,
  verifyPassword,
  verifyToken,
} from 'vivace/security';

const SECRET_KEY = '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7';

class Token {
  access_token!: string;
  token_type!: string;
}

class User {
  username!: string;
  email: string | null = null;
  full_name: string | null = null;
  disabled: boolean | null = null;
}

interface UserInDB extends User {
  hashed_password: Promise<string>;
}

const users: Record<string, UserInDB> = {
  johndoe: {
    username: 'johndoe',
    full_name: 'John Doe',
    email: 'johndoe@example.com',
    hashed_password: hashPassword('secret'),
    disabled: false,
  },
  alice: {
    username: 'alice',
    full_name: 'Alice Chains',
    email: 'alicechains@example.com',
    hashed_password: hashPassword('secretalice'),
    disabled: true,
  },
};

const oauth2_scheme = new OAuth2PasswordBearer({
  tokenUrl: 'token',
  scopes: { me: 'Read information about the current user.', items: 'Read items.' },
});

const get_current_user = dependency(
  { token: oauth2_scheme, required: SecurityScopes },
  async ({ token, required }) => {
    const challenge = required.scopes.length > 0 ? `Bearer scope="${required}"` : 'Bearer';
    const refuse = (detail: string): HTTPException =>
      new HTTPException(401, detail, { headers: { 'WWW-Authenticate': challenge } });
    const claims = await verifyToken(token, SECRET_KEY);
    const user = claims?.sub === undefined ? undefined : users[claims.sub];
    if (!user) throw refuse('Could not validate credentials');
    const granted = String(claims?.scope ?? '').split(' ');
    if (!required.scopes.every((scope) => granted.includes(scope)))
      throw refuse('Not enough permissions');
    return user;
  },
);

const get_current_active_user = dependency(
  { user: Security(get_current_user, ['me']) },
  ({ user }) => {
    if (user.disabled) throw new HTTPException(400, 'Inactive user');
    return user;
  },
);

@Controller()
class Routes {
  @Post('/token')
  async login_for_access_token(@Form() form: OAuth2PasswordRequestForm): Promise<Token> {
    const user = users[form.username];
    if (!user || !(await verifyPassword(form.password, await user.hashed_password)))
      throw new HTTPException(400, 'Incorrect username or password');
    const access_token = await signToken(
      { sub: form.username, scope: form.scopes.join(' ') },
      SECRET_KEY,
      { seconds: 30 * 60 },
    );
    return { access_token, token_type: 'bearer' };
  }

  @Get('/users/me/', { response: User })
  read_users_me(@Depends(get_current_active_user) current_user: User) {
    return current_user;
  }

  @Get('/users/me/items/')
  read_own_items(@Security(get_current_active_user, ['items']) current_user: User) {
    return [{ item_id: 'Foo', owner: current_user.username }];
  }

  @Get('/status/', { dependencies: [get_current_user] })
  read_system_status() {
    return { status: 'ok' };
  }
}

export const app = new Vivace({ controllers: [Routes] });
