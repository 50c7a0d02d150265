import { Controller, Post, Vivace } from 'vivace';

@Controller('/items')
class Strict {
  @Post('/')
  app_default_post(data: Record<string, unknown>) {
    return data;
  }
}

@Controller('/items')
class Lax {
  @Post('/')
  app_lax_post(data: Record<string, unknown>) {
    return data;
  }
}

export const apps = {
  app_default: new Vivace({ controllers: [Strict] }),
  app_lax: new Vivace({ controllers: [Lax], strictContentType: false }),
};
