import { Controller, File, Form, Post, Vivace, bytes } from 'vivace';

const text = (content: bytes): string => Buffer.from(content).toString();

@Controller()
class Files {
  @Post('/file_before_form')
  file_before_form(@File() file: bytes, @Form() city: string) {
    return { file_content: text(file), city };
  }

  @Post('/file_after_form')
  file_after_form(@Form() city: string, @File() file: bytes) {
    return { file_content: text(file), city };
  }

  @Post('/file_list_before_form')
  file_list_before_form(@File() files: bytes[], @Form() city: string) {
    return { file_contents: files.map(text), city };
  }

  @Post('/file_list_after_form')
  file_list_after_form(@Form() city: string, @File() files: bytes[]) {
    return { file_contents: files.map(text), city };
  }
}

export const app = new Vivace({ controllers: [Files] });
