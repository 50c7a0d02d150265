import { Controller, Post, Vivace } from 'vivace';

@Controller('/lax', { strictContentType: false })
class Lax {
  @Post('/items/')
  router_lax_post(data: Record<string, unknown>) {
    return data;
  }
}

@Controller('/strict', { strictContentType: true })
class Strict {
  @Post('/items/')
  router_strict_post(data: Record<string, unknown>) {
    return data;
  }
}

@Controller('/default')
class Default {
  @Post('/items/')
  router_default_post(data: Record<string, unknown>) {
    return data;
  }
}

export const app = new Vivace({ controllers: [Lax, Strict, Default] });
