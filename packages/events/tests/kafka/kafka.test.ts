import { brokerContract } from '@vivace/events/testing';
import { kafka } from '@vivace/events/kafka';
import { KafkaServer, withoutKafka } from './kafka-server';

const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`Kafka is not tried: ${missing}`);

let server: KafkaServer;

(missing === undefined ? describe : describe.skip)('Kafka', () => {
  beforeAll(async () => {
    server = await KafkaServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const create = () => kafka({ brokers: [server.address], topics: { partitions: 4 } });
  for (const [name, check] of Object.entries(brokerContract(create))) it(name, check);
});
