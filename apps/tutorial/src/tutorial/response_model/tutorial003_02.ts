import { Controller, Get, Vivace } from 'vivace';
import { JSONResponse, RedirectResponse, Response } from 'vivace/responses';

@Controller('/portal')
class Portal {
  @Get()
  get_portal(teleport = false): Response {
    if (teleport) return new RedirectResponse('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
    return new JSONResponse({ message: "Here's your interdimensional portal." });
  }
}

export const app = new Vivace({ controllers: [Portal] });
