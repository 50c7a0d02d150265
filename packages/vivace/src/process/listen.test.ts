import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Request, Vivace, dependency } from 'vivace';

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

  it('names the program of another process by its file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vivace-'));
    const file = join(directory, 'holder.js');
    writeFileSync(
      file,
      "const s = require('net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port));",
    );
    const holder = spawn(process.execPath, ['--enable-source-maps', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = (await once(holder.stdout, 'data')) as [Buffer];
    const seen = process.platform === 'linux' ? ` by node holder.js (${holder.pid})` : '';
    await expect(app.listen({ port: Number(port) })).rejects.toThrow(
      `Port ${Number(port)} of 127.0.0.1 is in use${seen}: stop`,
    );
    holder.kill();
    rmSync(directory, { recursive: true });
  });

  it.each(['192.0.2.77', 'nowhere.invalid'])(
    'says of %s that it is no address of this machine',
    async (host) => {
      await expect(app.listen({ host, port: 0 })).rejects.toThrow(
        `${host} is no address of this machine: listen on 127.0.0.1`,
      );
    },
  );

  it('takes the root path and trusted proxies of where it runs', async () => {
    await using server = await app.listen({
      port: 0,
      handleSignals: false,
      rootPath: '/api',
      trustProxy: true,
    });
    const response = await fetch(server.url!, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(await response.json()).toEqual(['/api', '203.0.113.7']);
  });

  it('listens on a Unix socket', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vivace-'));
    const socket = join(directory, 'app.sock');
    await using _server = await app.listen({ socket, handleSignals: false });
    const status = await new Promise((resolve, reject) => {
      httpRequest({ socketPath: socket, path: '/' }, (response) =>
        resolve(response.resume().statusCode),
      )
        .once('error', reject)
        .end();
    });
    expect(status).toBe(200);
    rmSync(directory, { recursive: true });
  });

  it('removes a socket that nobody listens on any more, and nothing else', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vivace-'));
    const socket = join(directory, 'app.sock');
    // A process that is killed leaves its socket.
    spawnSync(process.execPath, [
      '-e',
      `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 9))`,
    ]);
    expect(lstatSync(socket).isSocket()).toBe(true);
    await using _server = await app.listen({ socket, handleSignals: false });
    await expect(app.listen({ socket, handleSignals: false })).rejects.toThrow(
      `${socket} is there already`,
    );
    const file = join(directory, 'notes.txt');
    writeFileSync(file, 'mine');
    await expect(app.listen({ socket: file, handleSignals: false })).rejects.toThrow(
      'is no socket that a process has left',
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
    rmSync(directory, { recursive: true });
  });

  it('says in words why it cannot listen on a socket', async () => {
    await expect(
      app.listen({ socket: join(tmpdir(), 'no', 'such', 'folder.sock') }),
    ).rejects.toThrow('its folder is missing');
    await expect(app.listen({ socket: join(tmpdir(), 'x'.repeat(120)) })).rejects.toThrow(
      'is too long',
    );
  });

  it('puts the slash before a root path that has none', async () => {
    await using server = await app.listen({ port: 0, handleSignals: false, rootPath: 'api/' });
    expect(await (await fetch(server.url!)).json()).toEqual(['/api', '127.0.0.1']);
  });

  it('closes in the time of its grace, also where something never ends', async () => {
    const never = new Promise<void>(() => {});
    const stuck = dependency(
      async function* () {
        yield;
        await never;
      },
      { lifetime: 'singleton' },
    );
    const server = await new Vivace({
      controllers: [Root],
      dependencies: [stuck],
      logger: false,
    }).listen({
      port: 0,
      handleSignals: false,
      grace: 0,
    });
    await expect(server.close()).rejects.toThrow(
      'A singleton did not close in the time that the server has.',
    );
  });

  it('ends when its signal does', async () => {
    const end = new AbortController();
    const server = await app.listen({ port: 0, handleSignals: false, signal: end.signal });
    end.abort();
    await server.close();
    expect(server.url).toBeNull();
  });
});
