import { Controller, Get, Vivace } from 'vivace';
import { StreamingResponse } from 'vivace/responses';

async function* fake_video_streamer() {
  for (let part = 0; part < 10; part++) yield Buffer.from('some fake video bytes');
}

@Controller()
class Main {
  @Get('/')
  main() {
    return new StreamingResponse(fake_video_streamer());
  }
}

export const app = new Vivace({ controllers: [Main] });
