import { Controller, Post, UploadFile, Vivace, offload, type int } from 'vivace';

@Controller('/checksums')
class Checksums {
  @Post('/')
  async make(upload: UploadFile, rounds: int = 1000): Promise<string> {
    return offload(
      async (text: string, times: number) => {
        const { pbkdf2Sync } = await import('node:crypto');
        return pbkdf2Sync(text, 'salt', times, 16, 'sha256').toString('hex');
      },
      await upload.text(),
      rounds,
    );
  }
}

export const app = new Vivace({ controllers: [Checksums] });
