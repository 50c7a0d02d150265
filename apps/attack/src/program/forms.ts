import { Controller, File, Form, Post, UploadFile, type int } from 'vivace';

class Login {
  username!: string;
  password: string = '';
}

class Stored {
  filename!: string;
  size!: int;
}

@Controller()
export class Forms {
  @Post('/upload', { status: 201 })
  upload(@File({ maxSize: 1_000_000 }) file: UploadFile, @Form() note: string = ''): Stored {
    return { filename: file.filename, size: file.size + note.length };
  }

  @Post('/uploads', { status: 201 })
  uploads(files: UploadFile[]): int {
    return files.length;
  }

  @Post('/form')
  form(@Form() { username }: Login): string {
    return username;
  }
}
