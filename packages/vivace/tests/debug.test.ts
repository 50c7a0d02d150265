import { Writable } from 'node:stream';
import { Controller, Get, RequestValidationError, Vivace, on, type int } from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { testClient } from 'vivace/testing';

@Controller('/items')
class Items {
  @Get('/:item_id')
  read(item_id: int) {
    if (item_id === 0) throw new TypeError('a secret of the program');
    return item_id;
  }
}

describe('an unhandled error', () => {
  it('is 500 without a word of it, with the id that stands in the log', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items] }), {
      raiseErrors: false,
    });
    const response = await client.get('/items/0');
    expect([response.status, response.json()]).toEqual([500, { detail: 'Internal Server Error' }]);
    expect(response.headers.get('x-request-id')).toMatch(/./);
  });

  it('shows its trace with debug', async () => {
    await using client = await testClient(new Vivace({ controllers: [Items], debug: true }), {
      raiseErrors: false,
    });
    expect((await client.get('/items/0')).json<{ trace: string }>().trace).toMatch(
      /TypeError: a secret of the program[^]*debug\.test\.ts/,
    );
  });

  it('is logged with its operation', async () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (line, _, done) => (lines.push(String(line)), done()) });
    await using client = await testClient(
      new Vivace({ controllers: [Items], logger: { stream } }),
      { raiseErrors: false },
    );
    const id = (await client.get('/items/0')).headers.get('x-request-id');
    const line = lines
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ msg }) => msg === 'Unhandled error');
    expect(line).toMatchObject({ reqId: id, err: { message: 'a secret of the program' } });
    expect(line!['operation']).toMatch(
      /^GET \/items\/:item_id: Items\.read \(.*debug\.test\.ts:\d+\)$/,
    );
  });
});

describe('a validation error', () => {
  it('knows its operation, for logs', async () => {
    let operation: string | undefined;
    const rule = on(RequestValidationError, (error) => {
      operation = error.operation;
      return new JSONResponse({}, { status: 400 });
    });
    await using client = await testClient(new Vivace({ controllers: [Items], exceptions: [rule] }));
    expect((await client.get('/items/x')).status).toBe(400);
    expect(operation).toMatch(/^GET \/items\/:item_id: Items\.read \(.*debug\.test\.ts:\d+\)$/);
  });
});
