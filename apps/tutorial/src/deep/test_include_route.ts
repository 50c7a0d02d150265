import { Vivace } from 'vivace';

export const app = new Vivace().plugin((fastify) => {
  fastify.get('/items/', (_request, reply) =>
    reply.header('content-type', 'application/json').serializer(String).send('{"hello":"world"}'),
  );
});
