import { Controller, File, Get, Post, UploadFile, Vivace, bytes } from 'vivace';
import { HTMLResponse } from 'vivace/responses';

const page = `
<body>
<form action="/files/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
<form action="/uploadfiles/" enctype="multipart/form-data" method="post">
<input name="files" type="file" multiple>
<input type="submit">
</form>
</body>
    `;

@Controller()
class Files {
  @Post('/files/')
  create_files(@File() files: bytes[]) {
    return { file_sizes: files.map((file) => file.length) };
  }

  @Post('/uploadfiles/')
  create_upload_files(files: UploadFile[]) {
    return { filenames: files.map((file) => file.filename) };
  }

  @Get('/')
  main() {
    return new HTMLResponse(page);
  }
}

export const app = new Vivace({ controllers: [Files] });
