import { Writable } from 'node:stream';
import { Controller, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';

describe('the monitor of the event loop', () => {
  it('names the operation that holds up all others', async () => {
    const logged = Promise.withResolvers<Record<string, unknown>>();
    const stream = new Writable({
      write(line, _, done) {
        const entry = JSON.parse(String(line)) as Record<string, unknown>;
        if ('blocked' in entry) logged.resolve(entry);
        done();
      },
    });
    @Controller()
    class Reports {
      @Get('/')
      build(): string {
        for (const end = performance.now() + 120; performance.now() < end;);
        return 'built';
      }
    }
    await using client = await testClient(
      new Vivace({ controllers: [Reports], logger: { stream }, timeouts: { blocked: 0.05 } }),
    );
    await client.get('/');
    expect(await logged.promise).toMatchObject({ operations: ['Reports.build'] });
  });
});
