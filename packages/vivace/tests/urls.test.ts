import { Controller, Get, Request, Vivace, WebSocketRoute } from 'vivace';
import { testClient } from 'vivace/testing';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read_item(item_id: string, request: Request) {
    return [request.urlFor('read_item', { item_id }), request.urlFor('file', { path: 'a b/ü' })];
  }
  @Get('/files/*path', { name: 'file' })
  readFile(path: string) {
    return path;
  }
  @WebSocketRoute('/feed/:room')
  async feed(room: string): Promise<void> {
    void room;
  }
}

describe('urlFor', () => {
  it('gives the addresses of operations by their names, in requests and from the server', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect((await client.get('/items/a%2Fb')).json()).toEqual([
      'http://testserver/items/a%2Fb',
      'http://testserver/items/files/a%20b/%C3%BC',
    ]);
    expect(client.server.urlFor('feed', { room: 7 })).toBe('/items/feed/7');
  });

  it('begins with the path that a proxy strips', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items], rootPath: '/api/' }));
    expect(client.server.urlFor('feed', { room: 'x' })).toBe('/api/items/feed/x');
  });

  it('names what is missing', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }));
    expect(() => client.server.urlFor('feed')).toThrow(
      "urlFor('feed'): the parameter 'room' is missing.",
    );
    expect(() => client.server.urlFor('fed')).toThrow(
      "urlFor('fed'): there is no operation of this name; there are feed, read_item, file.",
    );
  });
});
