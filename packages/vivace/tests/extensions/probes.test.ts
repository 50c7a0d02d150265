import { channel } from 'node:diagnostics_channel';
import { Controller, Get, Vivace } from 'vivace';
import {
  gauges,
  reportGauges,
  type Extension,
  type Plan,
  type UnhandledMessage,
} from 'vivace/extend';
import { testClient } from 'vivace/testing';

@Controller()
class Home {
  @Get('/') read(): void {
    throw new Error('broken');
  }
}
const numbers: Extension = {
  name: 'numbers',
  probes: (fastify) => fastify.get('/numbers', () => ({ answered: true })),
};

describe('a route that machines ask', () => {
  const refuse = () => Promise.reject(new Error('No request gets this far.'));
  const app = () =>
    new Vivace({
      controllers: [Home],
      extensions: [numbers],
      middleware: [refuse],
      dependencies: [],
      logger: false,
    });

  it('has no middleware around it, and stands in no document', async () => {
    await using client = await testClient(app(), { raiseErrors: false });
    expect((await client.get('/')).status).toBe(500);
    expect((await client.get('/numbers')).json()).toEqual({ answered: true });
    expect(JSON.stringify(client.server.openapi())).not.toContain('numbers');
  });

  it('is answered by a process that only works', async () => {
    const work = () =>
      Promise.resolve({ stop: () => Promise.resolve(), idle: () => Promise.resolve() });
    const working = new Vivace({ extensions: [{ ...numbers, work }], logger: false });
    await using server = await working.listen({ port: 0, http: false, handleSignals: false });
    const answer = await fetch(`${server.url}/numbers`);
    expect(await answer.json()).toEqual({ answered: true });
  });
});

test('numbers of packages are told until they end', async () => {
  const told = { name: 'connections', help: 'Connections', value: 3 };
  {
    using _ = reportGauges(() => [told]);
    expect(await gauges()).toEqual([told]);
  }
  expect(await gauges()).toEqual([]);
});

test('an error that nobody handled is published when it is logged', async () => {
  const heard: UnhandledMessage[] = [];
  const hear = (message: unknown): void => void heard.push(message as UnhandledMessage);
  channel('vivace:unhandled').subscribe(hear);
  await using client = await testClient(new Vivace({ controllers: [Home], logger: false }), {
    raiseErrors: false,
  });
  await client.get('/');
  channel('vivace:unhandled').unsubscribe(hear);
  expect(heard).toMatchObject([
    { error: new Error('broken'), operation: expect.stringContaining('GET /: Home.read') },
  ]);
});

test('an extension knows which proxies are trusted, and the logger', async () => {
  let plan: Plan | undefined;
  const extension: Extension = { name: 'checking', check: (given) => void (plan = given) };
  const app = new Vivace({ extensions: [extension], trustProxy: '10.0.0.0/8', logger: false });
  await using _client = await testClient(app);
  expect(['10.1.2.3', '8.8.8.8', ''].map((address) => plan!.trusts(address))).toEqual([
    true,
    false,
    false,
  ]);
  expect(plan!.log.info).toBeDefined();
});
