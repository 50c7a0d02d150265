import { dependency } from 'vivace';
import { app, instruments } from './station';

test('a server has its own state, from the start to the end', async () => {
  const server = await app.listen({ port: 0, handleSignals: false });
  expect(await (await fetch(`${server.url}/temperatures/roof`)).json()).toBe(21.5);
  expect(server.state.get('roof')).toBe(21.5);
  await server.close();
  expect(server.state.size).toBe(0);
});

test('it is ready while its checks give a value', async () => {
  await using server = await app.build();
  const ready = async () => (await server.fastify.inject('/readyz')).statusCode;
  expect(await ready()).toBe(200);
  server.state.delete('roof');
  expect(await ready()).toBe(503);
});

test('a job has what handlers have, without a server that listens', async () => {
  const highest = dependency({ instruments }, ({ instruments }) =>
    Math.max(...instruments.values()),
  );
  expect(await app.run(highest)).toBe(21.5);
});
