import { Controller, File, Form, Post, UploadFile, Vivace, bytes } from 'vivace';

@Controller('/files')
class Files {
  @Post('/')
  create_file(@File() file: bytes, fileb: UploadFile, @Form() token: string) {
    return { file_size: file.length, token, fileb_content_type: fileb.contentType };
  }
}

export const app = new Vivace({ controllers: [Files] });
