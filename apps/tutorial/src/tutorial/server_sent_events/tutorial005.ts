import { Controller, Post, Vivace } from 'vivace';
import { EventSourceResponse, ServerSentEvent } from 'vivace/responses';

class Prompt {
  text!: string;
}

@Controller('/chat')
class Chat {
  @Post('/stream', { responseClass: EventSourceResponse })
  async *stream_chat(prompt: Prompt): AsyncIterable<ServerSentEvent<unknown>> {
    for (const word of prompt.text.split(/\s+/))
      yield new ServerSentEvent({ data: word, event: 'token' });
    yield new ServerSentEvent({ raw: '[DONE]', event: 'done' });
  }
}

export const app = new Vivace({ controllers: [Chat] });
