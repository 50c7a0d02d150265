import { Controller, Get, Vivace } from 'vivace';
import { EventSourceResponse, ServerSentEvent } from 'vivace/responses';

const logs = [
  '2025-01-01 INFO  Application started',
  '2025-01-01 DEBUG Connected to database',
  '2025-01-01 WARN  High memory usage detected',
];

@Controller('/logs')
class Logs {
  @Get('/stream', { responseClass: EventSourceResponse })
  async *stream_logs(): AsyncIterable<ServerSentEvent> {
    for (const raw of logs) yield new ServerSentEvent({ raw });
  }
}

export const app = new Vivace({ controllers: [Logs] });
