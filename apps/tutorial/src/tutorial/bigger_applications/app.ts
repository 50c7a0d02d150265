import { Controller, Get, Vivace } from 'vivace';
import { Admin } from './admin';
import { get_query_token, get_token_header } from './dependencies';
import { Items } from './items';
import { Users } from './users';

@Controller()
class Root {
  @Get('/')
  root() {
    return { message: 'Hello Bigger Applications!' };
  }
}

export const app = new Vivace({ dependencies: [get_query_token] })
  .include([Users, Items])
  .include(Admin, {
    prefix: '/admin',
    tags: ['admin'],
    dependencies: [get_token_header],
    responses: { 418: { description: "I'm a teapot" } },
  })
  .include(Root);
