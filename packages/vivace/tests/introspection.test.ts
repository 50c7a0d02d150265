import {
  Controller,
  Depends,
  Get,
  Injectable,
  Post,
  Route,
  Security,
  Vivace,
  WebSocketRoute,
  dependency,
} from 'vivace';
import { OAuth2PasswordBearer } from 'vivace/security';

class Item {
  name!: string;
}
const oauth = new OAuth2PasswordBearer({ tokenUrl: 'token' });
const user = dependency({ oauth }, () => 'ann');
@Injectable()
class Shelf {}

@Controller('/items', { tags: ['items'] })
class Items {
  constructor(readonly shelf: Shelf) {}
  @Get('/')
  list(): (Item | null)[] {
    return [];
  }
  @Post('/', { status: 201, deprecated: true })
  add(@Security(user, ['write']) _user: string): Record<string, Item> {
    return {};
  }
  @Route(['PUT', 'PATCH'], '/:id', { hidden: true, name: 'change' })
  write(id: string, @Depends(user) _user: string) {
    return id;
  }
  @WebSocketRoute('/feed')
  async feed(): Promise<void> {}
}

describe('app.routes', () => {
  it('tells tools what the application answers, and where that is written', async () => {
    const routes = await new Vivace({ controllers: [Items] }).routes();
    expect(routes.map(({ method, path, handler }) => `${method} ${path} ${handler}`)).toEqual([
      'GET /items/ Items.list',
      'POST /items/ Items.add',
      'PUT /items/:id Items.write',
      'PATCH /items/:id Items.write',
      'WEBSOCKET /items/feed Items.feed',
    ]);
    expect(routes[0]).toMatchObject({
      response: '(Item | null)[]',
      status: 200,
      tags: ['items'],
      dependencies: ['Shelf'],
      security: [],
    });
    expect(routes[1]).toMatchObject({
      operationId: 'add_items__post',
      response: 'Record<string, Item>',
      status: 201,
      deprecated: true,
      dependencies: ['Shelf', 'user'],
      security: ['OAuth2PasswordBearer [write]'],
    });
    expect(routes[2]).toMatchObject({ hidden: true, name: 'change', response: 'string' });
    expect(routes[0]!.file).toMatch(/introspection\.test\.ts$/);
    expect(routes[0]!.line).toBeGreaterThan(10);
  });
});
