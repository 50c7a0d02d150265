import { createReadStream } from 'node:fs';
import { Controller, Get, Reply, Vivace, bytes } from 'vivace';

class Photo {
  name!: string;
  thumbnail!: bytes;
}

@Controller('/photos')
class Photos {
  /** Answered as the other server answers: status, headers, cookies and body. */
  @Get('/original')
  original() {
    return fetch('https://photos.example/1.png');
  }

  /** A file of this program, as fast as the client reads it. */
  @Get('/source')
  source() {
    return createReadStream('package.json');
  }

  @Get('/small')
  small(reply: Reply): Buffer {
    reply.headers.set('content-type', 'image/png');
    return Buffer.from('iVBORw0KGgo=', 'base64');
  }

  /** Inside JSON bytes are base64: `{"name":"cat","thumbnail":"iVBORw0KGgo="}`. */
  @Get('/one')
  one(): Photo {
    return { name: 'cat', thumbnail: Buffer.from('iVBORw0KGgo=', 'base64') };
  }
}

export const app = new Vivace({ controllers: [Photos] });
