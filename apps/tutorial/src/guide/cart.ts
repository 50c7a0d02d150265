import { Controller, Get, HTTPException, Post, Vivace, type Middleware } from 'vivace';
import {
  accessLog,
  compress,
  cors,
  processTime,
  rateLimit,
  requestId,
  securityHeaders,
  WebSession,
  sessions,
} from 'vivace/middleware';

interface Visitor {
  user: string;
  cart: string[];
}

/** Refuses those who did not log in. */
const members: Middleware = (request, next) => {
  if (request.state.session?.data['user'] === undefined)
    throw new HTTPException(401, 'Log in first');
  return next();
};

@Controller('/cart')
class Cart {
  @Get('/')
  show(session: WebSession<Visitor>): string[] {
    return session.data.cart ?? [];
  }

  @Post('/')
  add(item: { name: string }, session: WebSession<Visitor>): string[] {
    return (session.data.cart = [...(session.data.cart ?? []), item.name]);
  }

  @Post('/order', { status: 201, middleware: [members] })
  order(session: WebSession<Visitor>): string {
    return `${session.data.cart?.length ?? 0} things for ${session.data.user}`;
  }
}

@Controller('/account')
class Account {
  @Post('/login', { middleware: [rateLimit({ limit: 5, seconds: 60 })] })
  async login(user: { name: string }, session: WebSession<Visitor>): Promise<string[]> {
    await session.regenerate();
    session.data.user = user.name;
    return session.data.cart ?? [];
  }

  @Post('/logout')
  async logout(session: WebSession<Visitor>): Promise<null> {
    await session.destroy();
    return null;
  }
}

export const app = new Vivace({
  controllers: [Cart, Account],
  middleware: [
    requestId(),
    accessLog(),
    processTime(),
    cors({ origins: ['https://shop.example'], credentials: true }),
    securityHeaders(),
    compress(),
    sessions({
      secret: process.env['SESSION_SECRET'] ?? 'only for the machine of a developer',
      csrf: { origins: ['https://shop.example'] },
    }),
  ],
});
