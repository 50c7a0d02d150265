import { Secret } from 'vivace';
import { brokersOf, clientOptions } from '../../src/kafka/settings';

const sasl = (env: Record<string, string>) => clientOptions({}, env).sasl;
const who = { KAFKA_USERNAME: 'ann', KAFKA_PASSWORD: 's3cret' };

describe('what the environment says of Kafka', () => {
  it('is brokers, separated by commas', () => {
    expect(brokersOf({ KAFKA_BROKERS: ' a:9092, b:9092 ,' })).toEqual(['a:9092', 'b:9092']);
    expect(clientOptions({}, { KAFKA_BROKERS: 'a:9092' }).bootstrapBrokers).toEqual(['a:9092']);
    expect(brokersOf({})).toEqual([]);
  });

  it('is who the client is, by PLAIN unless it says otherwise', () => {
    const ann = { username: 'ann', password: 's3cret' };
    expect(sasl(who)).toEqual({ mechanism: 'PLAIN', ...ann });
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
      expect(sasl({ ...who, KAFKA_MECHANISM: mechanism })).toEqual({ mechanism, ...ann });
    expect(sasl({})).toBeUndefined();
  });

  it.each([
    ['true', {}],
    ['false', undefined],
    ['', undefined],
  ])('is whether connections are encrypted: %p', (text, tls) => {
    expect(clientOptions({}, { KAFKA_TLS: text }).tls).toEqual(tls);
  });

  it.each([
    [{ KAFKA_TLS: 'TRUE' }, "[KAFKA_SETTING] KAFKA_TLS: It is 'TRUE'"],
    [
      { ...who, KAFKA_MECHANISM: 'GSSAPI' },
      "[KAFKA_SETTING] KAFKA_MECHANISM: It is 'GSSAPI', and PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 are known.",
    ],
    [{ KAFKA_USERNAME: 'ann' }, '[KAFKA_SETTING] KAFKA_PASSWORD: KAFKA_USERNAME is set'],
  ])('is a boot error where it cannot be meant: %p', (env, message) => {
    expect(() => clientOptions({}, env)).toThrow(message);
  });

  it('gives way to what the program says', () => {
    const env = { ...who, KAFKA_BROKERS: 'a:9092', KAFKA_TLS: 'true' };
    const password = new Secret('other');
    const options = clientOptions(
      { brokers: ['b:1'], tls: false, sasl: { mechanism: 'PLAIN', username: 'bob', password } },
      env,
    );
    expect(options).toMatchObject({
      bootstrapBrokers: ['b:1'],
      sasl: { mechanism: 'PLAIN', username: 'bob', password: 'other' },
    });
    expect(options).not.toHaveProperty('tls');
    const key = new Secret('PEM');
    expect(clientOptions({ tls: { ca: 'CA', cert: 'C', key } }, env).tls).toEqual({
      ca: 'CA',
      cert: 'C',
      key: 'PEM',
    });
  });
});
