import { Controller, Get, Vivace } from 'vivace';
import { oauthRedirectPage, redocPage, swaggerPage } from 'vivace/openapi';
import { HTMLResponse } from 'vivace/responses';

const url = '/openapi.json';

@Controller('', { hidden: true, responseClass: HTMLResponse })
class Docs {
  @Get('/docs')
  custom_swagger_ui_html() {
    return new HTMLResponse(
      swaggerPage({
        url,
        title: 'Users - Swagger UI',
        oauth2RedirectUrl: '/docs/oauth2-redirect',
        scriptUrl: '/static/swagger-ui-bundle.js',
        styleUrl: '/static/swagger-ui.css',
      }),
    );
  }

  @Get('/docs/oauth2-redirect')
  swagger_ui_redirect() {
    return new HTMLResponse(oauthRedirectPage());
  }

  @Get('/redoc')
  redoc_html() {
    return new HTMLResponse(
      redocPage({ url, title: 'Users - ReDoc', scriptUrl: '/static/redoc.standalone.js' }),
    );
  }
}

@Controller('/users')
class Users {
  @Get('/:username')
  read_user(username: string) {
    return { message: `Hello ${username}` };
  }
}

export const app = new Vivace({
  controllers: [Docs, Users],
  docs: { swagger: false, redoc: false },
}).static('/static', 'static');
