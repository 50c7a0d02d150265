import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Request, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/')
  read(request: Request) {
    return [request.rootPath, request.ip];
  }
}
const app = new Vivace({ controllers: [Root] });

describe('app.listen', () => {
  it('names the process that holds the port', async () => {
    await using server = await app.listen({ port: 0, handleSignals: false });
    const port = Number(new URL(server.url!).port);
    const holder = process.platform === 'linux' ? ` by node( \\S+)? \\(${process.pid}\\)` : '';
    await expect(app.listen({ port })).rejects.toThrow(
      new RegExp(`Port ${port} of 127.0.0.1 is in use${holder}: stop that process, or choose`),
    );
  });

  it.each(['192.0.2.77', 'nowhere.invalid'])('says of %s that it is no address of this machine', async (host) => {
    await expect(app.listen({ host, port: 0 })).rejects.toThrow(`${host} is no address of this machine: listen on 127.0.0.1`);
  });

  it('takes the root path and trusted proxies of where it runs', async () => {
    await using server = await app.listen({ port: 0, handleSignals: false, rootPath: '/api', trustProxy: true });
    const response = await fetch(server.url!, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(await response.json()).toEqual(['/api', '203.0.113.7']);
  });

  it('listens on a Unix socket', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vivace-'));
    const socket = join(directory, 'app.sock');
    await using _server = await app.listen({ socket, handleSignals: false });
    const status = await new Promise((resolve, reject) => {
      httpRequest({ socketPath: socket, path: '/' }, (response) => resolve(response.resume().statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(200);
    rmSync(directory, { recursive: true });
  });

  it('ends when its signal does', async () => {
    const end = new AbortController();
    const server = await app.listen({ port: 0, handleSignals: false, signal: end.signal });
    end.abort();
    await server.close();
    expect(server.url).toBeNull();
  });
});
