import { oauthRedirectPage, redocPage, swaggerPage } from '../openapi';

const HOSTILE = `</script><script>alert('x')</script>" onload="y`;

describe('swaggerPage', () => {
  it('shows the document with the parameters given, over those of FastAPI', () => {
    const page = swaggerPage({
      url: '/openapi.json',
      title: 'Shop - Swagger UI',
      swaggerParameters: { deepLinking: false, syntaxHighlight: { theme: 'obsidian' } },
    });
    expect(page).toContain('<title>Shop - Swagger UI</title>');
    expect(page).toContain('url: "/openapi.json",');
    expect(page).toContain('"dom_id": "#swagger-ui",');
    expect(page).toContain('"deepLinking": false,');
    expect(page).toContain('"syntaxHighlight": {"theme":"obsidian"},');
    expect(page).not.toContain('initOAuth');
    expect(page).not.toContain('oauth2RedirectUrl');
  });

  it('starts the login it is told about', () => {
    const page = swaggerPage({
      url: '/o',
      title: 'a',
      oauth2RedirectUrl: '/docs/oauth2-redirect',
      oauth: { clientId: 'me', usePkce: true },
    });
    expect(page).toContain(
      'oauth2RedirectUrl: new URL("/docs/oauth2-redirect", window.location).href,',
    );
    expect(page).toContain('ui.initOAuth({"clientId":"me","usePkce":true});');
  });

  it('loads nothing from elsewhere unless it is told to', () => {
    expect(
      swaggerPage({ url: '/o', title: 'a' }) + redocPage({ url: '/o', title: 'a' }),
    ).not.toMatch(/https?:/);
    expect(swaggerPage({ url: '/o', title: 'a', scriptUrl: 'https://cdn.example/s.js' })).toContain(
      'src="https://cdn.example/s.js"',
    );
  });

  it('lets no text of the user become markup or code', () => {
    const page = swaggerPage({
      url: HOSTILE,
      title: HOSTILE,
      scriptUrl: HOSTILE,
      styleUrl: HOSTILE,
      faviconUrl: HOSTILE,
      oauth2RedirectUrl: HOSTILE,
      swaggerParameters: { [HOSTILE]: HOSTILE },
      oauth: { clientId: HOSTILE },
    });
    expect(page).not.toContain("alert('x')</script>");
    expect(page).not.toContain('" onload="');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });
});

describe('the other pages', () => {
  it('ReDoc shows the document, escaped', () => {
    expect(redocPage({ url: '/openapi.json', title: 'Shop - ReDoc' })).toContain(
      '<redoc spec-url="/openapi.json"></redoc>',
    );
    expect(redocPage({ url: HOSTILE, title: HOSTILE }).match(/<script/g)).toHaveLength(1);
  });

  it('the login page hands the answer to the window that opened it', () => {
    expect(oauthRedirectPage()).toContain('swaggerUIRedirectOauth2');
  });
});
