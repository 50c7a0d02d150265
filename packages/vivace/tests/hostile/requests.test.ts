import { testClient, type TestClient } from 'vivace/testing';
import { isLinear } from './growth';
import { partsOf, type Send } from './parts';
import { server } from './server';
import { fillings, type Hostile } from './texts';

let client: TestClient;
beforeAll(async () => {
  client = await testClient(server);
});
afterAll(() => client.close());

/** The texts that are answered late, or with a fault of the server. */
async function wrong(send: Send, texts: readonly Hostile[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, of } of texts) {
    const { status } = await send(of(100));
    if (status >= 500) found.push(`${name} is answered with ${status}`);
    if (!(await isLinear(send, of))) found.push(name);
  }
  return found;
}

/** What a header may hold: other texts no server is handed. */
const inHeaders = fillings.filter(({ of }) => /^[\t\x20-\x7e]*$/.test(of(1)));
const { headers, others } = partsOf(() => client);

describe('the time of a request grows no faster than the text in', () => {
  it.each(Object.entries(headers))('%s', async (_, send) => {
    expect(await wrong(send, inHeaders)).toEqual([]);
  });
  it.each(Object.entries(others))('%s', async (_, send) => {
    expect(await wrong(send, fillings)).toEqual([]);
  });
});
