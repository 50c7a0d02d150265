import { Controller, Get, Vivace } from 'vivace';
import { Settings, loadSettings } from 'vivace/settings';

@Settings()
class AppSettings {
  openapi_url: string = '/openapi.json';
}

const { openapi_url } = loadSettings(AppSettings);

@Controller()
class Root {
  @Get('/')
  root() {
    return { message: 'Hello World' };
  }
}

export const app = new Vivace({
  controllers: [Root],
  docs: openapi_url ? { url: openapi_url } : false,
});
