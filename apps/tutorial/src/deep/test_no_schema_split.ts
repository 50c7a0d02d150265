import { Controller, Post, Vivace, make } from 'vivace';

enum MessageEventType {
  alpha = 'alpha',
  beta = 'beta',
}

class MessageEvent {
  event_type: MessageEventType = MessageEventType.alpha;
  output!: string;
}

class MessageOutput {
  body: string = '';
  events: MessageEvent[] = [];
}

class Message {
  input!: string;
  output!: MessageOutput;
}

@Controller('/messages')
class Messages {
  @Post('', { response: Message })
  create_message(input_message: string) {
    return {
      input: input_message,
      output: make(MessageOutput, { body: `Processed: ${input_message}` }),
    };
  }
}

export const app = new Vivace({
  title: 'A small application',
  version: '1.0.0',
  controllers: [Messages],
});
