import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Request, Vivace } from 'vivace';

@Controller('/users')
class Users {
  @Get('/:user_id')
  read_user(user_id: string, request: Request) {
    return { user_id, self: request.urlFor('read_user', { user_id }), below: request.rootPath };
  }
}

@Controller('/api')
class Api {
  @Get('/')
  read_api(request: Request) {
    return {
      user: request.urlFor('admin:read_user', { user_id: 'ann' }),
      script: request.urlFor('site', { path: 'app.js' }),
    };
  }
}

function legacy(request: IncomingMessage, response: ServerResponse, next: () => void) {
  if (request.url === '/time') response.end('noon');
  else next();
}

const admin = new Vivace({ title: 'Admin', controllers: [Users] });

export const app = new Vivace({ controllers: [Api] })
  .mount('/admin', admin, { name: 'admin' })
  .mount('/legacy', legacy)
  .mount('/edge', {
    fetch: (request: globalThis.Request) => new Response(new URL(request.url).pathname),
  })
  .static('/', 'dist', { fallback: 'index.html', maxAge: 3600, name: 'site' });
