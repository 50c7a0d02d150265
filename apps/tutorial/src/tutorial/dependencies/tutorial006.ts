import { Controller, Get, HTTPException, Header, Vivace, dependency } from 'vivace';

const verify_token = dependency({ x_token: Header(String) }, ({ x_token }) => {
  if (x_token !== 'fake-super-secret-token') throw new HTTPException(400, 'X-Token header invalid');
});

const verify_key = dependency({ x_key: Header(String) }, ({ x_key }) => {
  if (x_key !== 'fake-super-secret-key') throw new HTTPException(400, 'X-Key header invalid');
  return x_key;
});

@Controller('/items')
class Items {
  @Get('/', { dependencies: [verify_token, verify_key] })
  read_items() {
    return [{ item: 'Foo' }, { item: 'Bar' }];
  }
}

export const app = new Vivace({ controllers: [Items] });
