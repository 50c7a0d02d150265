import { Secret } from 'vivace';
import { checkTopics } from '../../src/broker/topics';
import { kafkaOf } from '../../src/kafka/kafka';
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

  it.each(['a', 'a:9092', 'kafka_1.example.org:65535', '127.0.0.1:1', '[::1]:9092'])(
    'has the address %s',
    (address) => {
      expect(clientOptions({}, { KAFKA_BROKERS: address }).bootstrapBrokers).toEqual([address]);
    },
  );

  it.each(['http://a:9092', 'a:x', 'a:', 'a:65536', ':9092', 'ann@a:9092', 'a b'])(
    'has no address %s',
    (address) => {
      expect(() => clientOptions({}, { KAFKA_BROKERS: address })).toThrow(
        `[KAFKA_SETTING] KAFKA_BROKERS: '${address}' is no address of a broker`,
      );
      expect(() => clientOptions({ brokers: [address] }, {})).toThrow('kafka({ brokers })');
    },
  );

  it('names a broker, where one is asked for anything', async () => {
    const none = kafkaOf({}, {});
    await expect(checkTopics(none, [], 30, 'boot')).rejects.toThrow(
      '[KAFKA_SETTING] KAFKA_BROKERS: It names no broker.',
    );
    await none.close();
  });

  it.each([
    [{ maxMessage: NaN }, 'maxMessage is NaN'],
    [{ maxMessage: 0 }, 'maxMessage is 0'],
    [{ topics: { partitions: 0 } }, 'partitions is 0'],
    [{ topics: { replicas: 1.5 } }, 'replicas is 1.5'],
  ])('refuses %j', (options, message) => {
    expect(() => clientOptions(options, {})).toThrow(`[EVENT_OPTION] kafka(`);
    expect(() => clientOptions(options, {})).toThrow(message);
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
