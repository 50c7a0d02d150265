import type { ServerResponse } from 'node:http';
import {
  BackgroundTasks,
  Controller,
  Depends,
  Get,
  UploadFile,
  Post,
  Vivace,
  dependency,
} from 'vivace';
import { testClient } from 'vivace/testing';
import { afterworkOf } from './pending';

const session = dependency(function* () {
  yield 'session';
});
const trace = dependency(
  function* () {
    yield 'trace';
  },
  { scope: 'request' },
);

@Controller()
class Api {
  @Get('/plain')
  plain(): string {
    return 'plain';
  }
  @Get('/session')
  session(@Depends(session) value: string): string {
    return value;
  }
  @Get('/fails')
  fails(@Depends(session) _value: string, @Depends(trace) _trace: string): string {
    throw new Error('bug');
  }
  @Get('/trace')
  trace(@Depends(trace) value: string): string {
    return value;
  }
  @Get('/task')
  task(tasks: BackgroundTasks): string {
    tasks.add(() => {});
    return 'task';
  }
  @Get('/stream')
  async *stream(@Depends(session) value: string): AsyncIterable<string> {
    yield value;
  }
  @Post('/file')
  file(file: UploadFile): number {
    return file.size;
  }
}

it('a request goes on after its response only where something is left to do', async () => {
  const responses: ServerResponse[] = [];
  const app = new Vivace({ controllers: [Api] }).plugin((fastify) => {
    fastify.addHook('onRequest', async (_, reply) => void responses.push(reply.raw));
  });
  await using client = await testClient(app, { raiseErrors: false });
  for (const path of ['/plain', '/session', '/fails', '/trace', '/task', '/stream'])
    await client.get(path);
  await client.post('/file', { files: { file: { filename: 'a', content: Buffer.from('a') } } });
  expect(responses.map((response) => afterworkOf(response) !== undefined)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ]);
});
