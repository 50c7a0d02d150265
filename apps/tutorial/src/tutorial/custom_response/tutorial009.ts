import { Controller, Get, Vivace } from 'vivace';
import { FileResponse } from 'vivace/responses';

@Controller()
class Main {
  @Get('/')
  main() {
    return new FileResponse('large-video-file.mp4');
  }
}

export const app = new Vivace({ controllers: [Main] });
