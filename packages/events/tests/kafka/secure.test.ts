import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Secret } from 'vivace';
import { kafka, type KafkaOptions } from '@vivace/events/kafka';
import { KafkaServer, withoutKafka } from './kafka-server';

const run = promisify(execFile);
const withoutOpenssl =
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is missing. Install it.';
const missing = process.env['CI'] === undefined ? (withoutKafka() ?? withoutOpenssl) : undefined;
if (missing !== undefined) console.info(`Kafka by TLS is not tried: ${missing}`);

/** A program of its own, which knows what its environment says. */
const PROGRAM = `
  require('@vivace/events/kafka').kafka().missing(['orders'])
    .then((topics) => console.log(topics.join()))
    .then(() => process.exit());
`;

(missing === undefined ? describe : describe.skip)('a Kafka that lets in one user, by TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vivace-secure-'));
  const data = join(folder, 'data');
  let server: KafkaServer;
  let ca: string;
  let options: KafkaOptions;
  const ann = { username: 'ann', password: new Secret('s3cret') };

  beforeAll(async () => {
    server = await KafkaServer.start({ KAFKA_DATA: data, KAFKA_USER: 'ann:s3cret' });
    ca = readFileSync(join(data, 'certificate.pem'), 'utf8');
    options = { brokers: [server.address], tls: { ca }, topics: { partitions: 1, replicas: 1 } };
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const missingOf = async (more: KafkaOptions): Promise<readonly string[]> => {
    const broker = kafka({ ...options, ...more });
    try {
      return await broker.missing(['absent']);
    } finally {
      await broker.close();
    }
  };

  it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
    'takes who says by %s who it is',
    async (mechanism) => {
      expect(await missingOf({ sasl: { mechanism, ...ann } })).toEqual(['absent']);
    },
  );

  it('carries events', async () => {
    const broker = kafka({ ...options, sasl: { mechanism: 'SCRAM-SHA-512', ...ann } });
    const topic = 'secrets';
    await broker.create([topic]);
    const group = { group: 'readers', topics: [topic], from: 'earliest' } as const;
    await broker.open([group], { info: () => undefined, warn: () => undefined });
    const { promise: arrived, resolve } = Promise.withResolvers<string>();
    const reading = await broker.consume({
      ...group,
      concurrency: 1,
      handle: async ({ value }) => resolve(value),
    });
    await broker.send([{ id: '1', topic, key: 'k', value: '"kept"', headers: {} }]);
    expect(await arrived).toBe('"kept"');
    await reading.stop();
    await broker.close();
  });

  const refused: readonly [who: string, more: KafkaOptions][] = [
    ['has another password', { sasl: { mechanism: 'PLAIN', ...ann, password: new Secret('x') } }],
    ['does not say who it is', {}],
    ['speaks without TLS', { tls: false, sasl: { mechanism: 'PLAIN', ...ann } }],
    ['does not know the certificate', { tls: true, sasl: { mechanism: 'PLAIN', ...ann } }],
  ];
  it.each(refused)('takes nobody who %s', async (_, more) => {
    await expect(missingOf(more)).rejects.toThrow();
  });

  it('is reached by what the environment says alone', async () => {
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: join(data, 'certificate.pem'),
      KAFKA_BROKERS: server.address,
      KAFKA_TLS: 'true',
      KAFKA_USERNAME: 'ann',
      KAFKA_PASSWORD: 's3cret',
      KAFKA_MECHANISM: 'SCRAM-SHA-256',
    };
    const { stdout } = await run(process.execPath, ['-e', PROGRAM], { cwd: __dirname, env });
    expect(stdout).toBe('orders\n');
  });
});
