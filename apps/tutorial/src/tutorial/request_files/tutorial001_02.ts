import { Controller, File, Post, UploadFile, Vivace, bytes } from 'vivace';

@Controller()
class Files {
  @Post('/files/')
  create_file(@File() file: bytes | null = null) {
    return file === null ? { message: 'No file sent' } : { file_size: file.length };
  }

  @Post('/uploadfile/')
  create_upload_file(file: UploadFile | null = null) {
    return file === null ? { message: 'No upload file sent' } : { filename: file.filename };
  }
}

export const app = new Vivace({ controllers: [Files] });
