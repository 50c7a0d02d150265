import { Controller, Get, HTTPException, Header, Vivace, dependency } from 'vivace';

const verify_token = dependency({ x_token: Header(String) }, ({ x_token }) => {
  if (x_token !== 'fake-super-secret-token') throw new HTTPException(400, 'X-Token header invalid');
});

const verify_key = dependency({ x_key: Header(String) }, ({ x_key }) => {
  if (x_key !== 'fake-super-secret-key') throw new HTTPException(400, 'X-Key header invalid');
  return x_key;
});

@Controller()
class Shop {
  @Get('/items/')
  read_items() {
    return [{ item: 'Portal Gun' }, { item: 'Plumbus' }];
  }

  @Get('/users/')
  read_users() {
    return [{ username: 'Rick' }, { username: 'Morty' }];
  }
}

export const app = new Vivace({ controllers: [Shop], dependencies: [verify_token, verify_key] });
