import { Controller, Get, Vivace } from 'vivace';
import { FileResponse } from 'vivace/responses';

@Controller()
class Main {
  @Get('/', { responseClass: FileResponse })
  main() {
    return 'large-video-file.mp4';
  }
}

export const app = new Vivace({ controllers: [Main] });
