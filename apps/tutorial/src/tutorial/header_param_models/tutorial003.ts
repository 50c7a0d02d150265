import { Controller, Get, Header, Vivace } from 'vivace';

class CommonHeaders {
  host!: string;
  save_data!: boolean;
  if_modified_since: string | null = null;
  traceparent: string | null = null;
  x_tag: string[] = [];
}

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Header({ convertNames: false }) headers: CommonHeaders) {
    return headers;
  }
}

export const app = new Vivace({ controllers: [Items] });
