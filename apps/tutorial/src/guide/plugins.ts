import helmet from '@fastify/helmet';
import jwt from '@fastify/jwt';
import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginCallback } from 'fastify';
import { Controller, Depends, Get, Request, Vivace, dependency, type Provided } from 'vivace';

/** What a plugin adds to requests is there on `request.fastify`. */
export const member = dependency({ request: Request }, async ({ request }) => {
  const { name } = await request.fastify.jwtVerify<{ name: string }>();
  return { name };
});
type Member = Provided<typeof member>;

@Controller('/club')
class Club {
  @Get('/')
  about() {
    return { open: 'daily' };
  }
  @Get('/me')
  me(@Depends(member) member: Member): Member {
    return member;
  }
}

/** A plugin of the program's own, with a callback. */
const served: FastifyPluginCallback<{ by: string }> = (fastify, { by }, done) => {
  fastify.addHook('onSend', async (_request, reply) => void reply.header('x-served-by', by));
  done();
};

export const app = new Vivace({ controllers: [Club] })
  .plugin(helmet)
  .plugin(rateLimit, { max: 100, timeWindow: '1 minute' })
  .plugin(jwt, { secret: process.env['JWT_SECRET'] ?? 'only for the machine of a developer' })
  .plugin(served, { by: 'club-1' })
  .plugin((fastify) =>
    fastify.get('/token/:name', (request, reply) => {
      const { name } = request.params as { name: string };
      reply.send({ token: fastify.jwt.sign({ name }) });
    }),
  );
