import { createHmac } from 'node:crypto';
import { Body, Controller, Get, HTTPException, Header, Post, Request, Vivace, int } from 'vivace';
import { sameSecret } from 'vivace/security';

class Filter {
  word!: string;
  limit: int = 10;
}

const events: { text: string; from: string }[] = [];
const key = process.env['HOOK_KEY'] ?? 'a key for development';

@Controller('/hooks')
class Hooks {
  /** The signature is that of the bytes as they were sent. */
  @Post('/', { status: 202, bodyLimit: 64 * 1024 })
  async receive(request: Request, @Header() x_signature: string): Promise<void> {
    const expected = createHmac('sha256', key)
      .update(await request.body())
      .digest('hex');
    if (!sameSecret(x_signature, expected))
      throw new HTTPException(401, 'The signature does not fit');
    events.push({ text: await request.text(), from: request.ip });
  }

  /** A body on GET has to be asked for. */
  @Get('/')
  find(@Body() { word, limit }: Filter): string[] {
    return events
      .map(({ text }) => text)
      .filter((text) => text.includes(word))
      .slice(0, limit);
  }
}

export const app = new Vivace({ title: 'Hooks', controllers: [Hooks] });
