import { Controller, Get, Post, Vivace, bytes } from 'vivace';

class DataInput {
  description!: string;
  data!: bytes;
}

class DataOutput {
  description!: string;
  data!: bytes;
}

class DataInputOutput {
  description!: string;
  data!: bytes;
}

@Controller()
class Data {
  @Post('/data')
  post_data(body: DataInput) {
    return { description: body.description, content: Buffer.from(body.data).toString() };
  }

  @Get('/data')
  get_data(): DataOutput {
    return { description: 'A plumbus', data: Buffer.from('hello') };
  }

  @Post('/data-in-out')
  post_data_in_out(body: DataInputOutput): DataInputOutput {
    return body;
  }
}

export const app = new Vivace({ controllers: [Data] });
