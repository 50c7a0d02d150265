import { Controller, Post, Reply, Vivace, dependency } from 'vivace';
import { EventSourceResponse, StreamingResponse } from 'vivace/responses';

const accept = dependency({ reply: Reply }, ({ reply }) => {
  reply.status = 202;
});

type Message = Record<string, string>;

const item = (title: string) => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  title,
});
const lines = {
  description: 'Successful Response',
  content: { 'application/jsonl': { itemSchema: item('JSONL stream item') } },
};
const events = {
  description: 'Successful Response',
  content: {
    'text/event-stream': {
      itemSchema: {
        type: 'object',
        properties: {
          data: {
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: item('SSE stream item'),
          },
          event: { type: 'string' },
          id: { type: 'string' },
          retry: { type: 'integer', minimum: 0 },
        },
        required: ['data'],
      },
    },
  },
};

@Controller()
class Streams {
  @Post('/sse', { status: 201, responseClass: EventSourceResponse })
  async *sse(): AsyncIterable<Message> {
    yield { message: 'created' };
  }

  @Post('/jsonl', { status: 201 })
  async *jsonl(): AsyncIterable<Message> {
    yield { message: 'created' };
  }

  @Post('/raw', { status: 201, responseClass: StreamingResponse })
  async *raw(): AsyncIterable<string> {
    yield 'accepted';
  }

  @Post('/sse-dependency', {
    dependencies: [accept],
    responseClass: EventSourceResponse,
    responses: { 202: events },
  })
  async *sse_dependency(): AsyncIterable<Message> {
    yield { message: 'accepted' };
  }

  @Post('/jsonl-dependency', { dependencies: [accept], responses: { 202: lines } })
  async *jsonl_dependency(): AsyncIterable<Message> {
    yield { message: 'accepted' };
  }

  @Post('/raw-dependency', {
    dependencies: [accept],
    responseClass: StreamingResponse,
    responses: { 202: {} },
  })
  async *raw_dependency(): AsyncIterable<string> {
    yield 'accepted';
  }

  @Post('/sse-dependency-override', {
    status: 201,
    dependencies: [accept],
    responseClass: EventSourceResponse,
    responses: { 202: events },
  })
  async *sse_dependency_override(): AsyncIterable<Message> {
    yield { message: 'overridden' };
  }

  @Post('/jsonl-dependency-override', {
    status: 201,
    dependencies: [accept],
    responses: { 202: lines },
  })
  async *jsonl_dependency_override(): AsyncIterable<Message> {
    yield { message: 'overridden' };
  }

  @Post('/raw-dependency-override', {
    status: 201,
    dependencies: [accept],
    responseClass: StreamingResponse,
    responses: { 202: {} },
  })
  async *raw_dependency_override(): AsyncIterable<string> {
    yield 'overridden';
  }
}

export const app = new Vivace({ controllers: [Streams] });
