import { Controller, Post, UploadFile, Vivace } from 'vivace';

@Controller('/uploadfile')
class Files {
  @Post('/')
  create_upload_file(file: UploadFile) {
    return { filename: file.filename };
  }
}

export const app = new Vivace({ controllers: [Files] });
