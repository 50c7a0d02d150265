import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  Controller,
  File,
  Form,
  Model,
  Post,
  Request,
  UploadFile,
  Vivace,
  bytes,
  date,
} from 'vivace';

@Model({ extra: 'forbid' })
class Profile {
  name!: string;
  born?: date;
  hobbies: string[] = [];
}

class Saved {
  name!: string;
  size!: number;
}

const folder = 'photos';

@Controller('/album')
class Album {
  /** All fields of the form as one class. */
  @Post('/profile')
  profile(@Form() profile: Profile): Profile {
    return profile;
  }

  /** A file with fields beside it, in any order. */
  @Post('/photos', { status: 201 })
  async add(
    @File({ maxSize: 20_000_000, media: ['image/png', 'image/jpeg'] }) photo: UploadFile,
    @Form({ maxLength: 200 }) caption: string,
    request: Request,
  ): Promise<Saved> {
    await mkdir(folder, { recursive: true });
    const path = await photo.save(`${folder}/`);
    request.log.info({ caption }, 'A photo was added');
    return { name: basename(path), size: photo.size };
  }

  /** Several files under one name. */
  @Post('/sizes')
  sizes(files: UploadFile[]): Record<string, number> {
    return Object.fromEntries(files.map(({ filename, size }) => [filename, size]));
  }

  /** A small file as bytes, which may be left out. */
  @Post('/note')
  note(@File() note: bytes | null = null): string {
    return note === null ? 'no note' : Buffer.from(note).toString();
  }
}

export const app = new Vivace({
  title: 'Album',
  controllers: [Album],
  uploads: { fileSize: 5_000_000, totalSize: 50_000_000, files: 10, fields: 20 },
});
