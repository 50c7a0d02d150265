import { Controller, File, Post, UploadFile, Vivace, bytes } from 'vivace';

@Controller()
class Files {
  @Post('/files/')
  create_file(@File() file: bytes) {
    return { file_size: file.length };
  }

  @Post('/uploadfile/')
  create_upload_file(file: UploadFile) {
    return { filename: file.filename };
  }
}

export const app = new Vivace({ controllers: [Files] });
