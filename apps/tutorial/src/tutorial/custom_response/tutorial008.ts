import { createReadStream } from 'node:fs';
import { Controller, Get, Vivace } from 'vivace';
import { StreamingResponse } from 'vivace/responses';

@Controller()
class Main {
  @Get('/')
  main() {
    return new StreamingResponse(createReadStream('large-video-file.mp4'), { media: 'video/mp4' });
  }
}

export const app = new Vivace({ controllers: [Main] });
