import { AsyncLocalStorage } from 'node:async_hooks';
import { Controller, Depends, Get, Vivace, dependency } from 'vivace';

const user = new AsyncLocalStorage<string>();

const set_up_request_state_dependency = dependency(async function* () {
  user.enterWith('deadpond');
  yield;
});

@Controller('/user', { dependencies: [Depends(set_up_request_state_dependency)] })
class User {
  @Get()
  get_user() {
    return user.getStore();
  }
}

export const app = new Vivace({ controllers: [User] }).use(async (request, next) => {
  const response = await next();
  response.headers.set('custom', 'foo');
  return response;
});
