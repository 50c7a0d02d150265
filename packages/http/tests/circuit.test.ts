import { CircuitOpen, httpClient, UnexpectedStatus } from '@vivace/http';
import { json, Service, status } from './misbehaving';

class Prices extends httpClient() {}

/** Calls until the answer is of a kind; the limit of the test is the limit. */
async function until(call: () => Promise<unknown>, wanted: (result: unknown) => boolean) {
  for (;;) {
    const result = await call().catch((error: unknown) => error);
    if (wanted(result)) return result;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const answered = (results: unknown): number =>
  (results as PromiseSettledResult<unknown>[]).filter(({ status }) => status === 'fulfilled')
    .length;

describe('a service that fails too often', () => {
  it('is left alone, tried by one call, and called again when that was answered', async () => {
    let broken = true;
    await using service = await Service.answering((reply, received) =>
      (broken ? status(500) : json({}))(reply, received),
    );
    await using client = new Prices({
      baseUrl: service.url,
      retries: 0,
      circuit: { tries: 4, failures: 0.5, pause: 0.2 },
    });
    const call = () => client.get('/');
    for (let count = 0; count < 4; count += 1)
      await expect(call()).rejects.toThrow(UnexpectedStatus);
    const refused = await call().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CircuitOpen);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(service.received).toHaveLength(4);

    await until(call, (result) => result instanceof UnexpectedStatus);
    expect(service.received).toHaveLength(5);
    await expect(call()).rejects.toThrow(CircuitOpen);

    broken = false;
    const together = (await until(
      () => Promise.allSettled([call(), call(), call()]),
      (results) => answered(results) > 0,
    )) as unknown;
    // One tried it; the others did not wait for it.
    expect(answered(together)).toBe(1);
    await expect(Promise.all([call(), call()])).resolves.toHaveLength(2);
  });

  it('is not left alone for what its callers did wrong', async () => {
    await using service = await Service.answering(status(404));
    await using client = new Prices({ baseUrl: service.url, circuit: { tries: 2 } });
    for (let count = 0; count < 5; count += 1)
      await expect(client.get('/')).rejects.toThrow(UnexpectedStatus);
    expect(service.received).toHaveLength(5);
  });

  it('is called on where there is no circuit', async () => {
    await using service = await Service.answering(status(500));
    await using client = new Prices({ baseUrl: service.url, retries: 0, circuit: false });
    for (let count = 0; count < 20; count += 1)
      await expect(client.get('/')).rejects.toThrow(UnexpectedStatus);
  });
});
