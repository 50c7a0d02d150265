import { Controller, Get, Vivace } from 'vivace';
import { RedirectResponse } from 'vivace/responses';

@Controller('/teleport')
class Teleport {
  @Get()
  get_teleport(): RedirectResponse {
    return new RedirectResponse('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
  }
}

export const app = new Vivace({ controllers: [Teleport] });
