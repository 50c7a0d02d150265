import { Controller, File, Form, Post, Vivace, bytes, int } from 'vivace';

@Controller()
class Forms {
  @Post('/urlencoded')
  post_url_encoded(@Form() age: int | null = null) {
    return age;
  }

  @Post('/multipart')
  post_multi_part(@Form() age: int | null = null, @File() file: bytes | null = null) {
    return { file, age };
  }
}

export const app = new Vivace({ controllers: [Forms] });
