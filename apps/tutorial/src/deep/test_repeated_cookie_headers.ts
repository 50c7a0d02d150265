import { Controller, Depends, Get, Reply, Vivace, dependency } from 'vivace';

const set_cookie = dependency({ reply: Reply }, ({ reply }) => {
  reply.setCookie('cookie-name', 'cookie-value');
  return {};
});

const set_indirect_cookie = dependency({ dep: set_cookie }, ({ dep }) => dep);

@Controller()
class Routes {
  @Get('/directCookie')
  get_direct_cookie(@Depends(set_cookie) dep: object) {
    return { dep };
  }

  @Get('/indirectCookie')
  get_indirect_cookie(@Depends(set_indirect_cookie) dep: object) {
    return { dep };
  }
}

export const app = new Vivace({ controllers: [Routes] });
