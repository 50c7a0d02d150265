import { Controller, Get, Vivace } from 'vivace';

@Controller()
class Root {
  @Get('/')
  read_root() {
    return { ok: true };
  }
}

const behindAProxy = { controllers: [Root], trustProxy: true };

export const apps = {
  test_root_path_does_not_persist_across_requests: new Vivace(behindAProxy),
  test_multiple_different_root_paths_do_not_accumulate: new Vivace(behindAProxy),
  test_legitimate_root_path_still_appears: new Vivace(behindAProxy),
  test_configured_servers_not_mutated: new Vivace({
    ...behindAProxy,
    servers: [{ url: 'https://prod.example.com' }],
  }),
};
