type Framework = typeof import('vivace');

/**
 * Builds an application, answers a request and closes: what the framework loads and compiles for its first one is there
 * when that of the project comes.
 *
 * @param framework the project's
 */
export async function rehearse({
  Body,
  Controller,
  Field,
  Get,
  Path,
  Post,
  Vivace,
}: Framework): Promise<void> {
  class Rehearsed {
    @Field({ type: String }) name!: string;
  }
  @Controller('/rehearsed')
  class Rehearsal {
    @Get('/:id')
    read(@Path('id') id: string): string {
      return id;
    }
    @Post()
    write(@Body() body: Rehearsed): Rehearsed {
      return body;
    }
  }
  const app = new Vivace({
    types: 'decorators',
    logger: { level: 'silent' },
    controllers: [Rehearsal],
    // Node loads its `Headers` with the first who asks for them.
    middleware: [
      async ({ headers }, next) => {
        const response = await next();
        response.headers.set('x-rehearsed', headers.get('host') ?? '');
        return response;
      },
    ],
  });
  await using server = await app.build();
  await server.fastify.inject('/rehearsed/1');
  await server.fastify.inject({ method: 'POST', url: '/rehearsed', payload: { name: '' } });
}
