import { Controller, Post, UploadFile, Vivace, offload, type int } from 'vivace';

const { checksum } = offload<typeof import('./checksum')>(require.resolve('./checksum'));

@Controller('/checksums')
class Checksums {
  @Post('/')
  async make(upload: UploadFile, rounds: int = 1000): Promise<string> {
    return checksum(await upload.text(), rounds);
  }
}

export const app = new Vivace({ controllers: [Checksums] });
