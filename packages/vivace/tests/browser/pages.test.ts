import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Server } from 'vivace';
import { executable, launch } from './browser';
import { shop } from './shop';
import { versions } from './versions';

if (executable === undefined && process.env['CI'] === undefined)
  console.info(
    'No Chromium was found, so the documentation pages are not opened in a browser: install it, or name it in CHROMIUM.',
  );

const inBrowser =
  executable === undefined && process.env['CI'] === undefined ? describe.skip : describe;

inBrowser('in a browser without a network', () => {
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await shop.listen({ port: 0, handleSignals: false });
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  }, 60_000);

  beforeEach(async () => {
    problems = [];
    context = await browser.newContext({ viewport: { width: 1200, height: 1400 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).hostname !== '127.0.0.1')
        problems.push(request.url());
    });
  });
  afterEach(async () => {
    await context.close();
  });

  const open = async (path: string): Promise<void> => {
    const response = await page.goto(`${server.url}${path}`);
    expect(response!.status()).toBe(200);
  };
  const show = async (name: string): Promise<void> => {
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined)
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  /** The block of an operation, opened and ready to be tried out. */
  const tryOut = async (id: string): Promise<Locator> => {
    const block = page.locator(`#operations-shop-${id}`);
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    return block;
  };
  const execute = async (
    block: Locator,
  ): Promise<{ readonly status: string; readonly body: unknown }> => {
    await block.getByRole('button', { name: 'Execute' }).click();
    const live = block.locator('.live-responses-table .response');
    await live.waitFor();
    const body = await live
      .locator('.response-col_description .highlight-code code')
      .first()
      .textContent();
    return {
      status: (await live.locator('.response-col_status').textContent())!.trim(),
      body: JSON.parse(body!) as unknown,
    };
  };

  it('Swagger UI shows the document, and an operation is tried out', async () => {
    await open('/docs');
    await page.locator('.opblock').first().waitFor();
    expect(await page.title()).toBe('Shop - Swagger UI');
    expect(await page.locator('.info .title').textContent()).toContain('Shop');
    expect(await page.locator('.opblock').count()).toBe(4);
    await show('swagger');
    const block = await tryOut('create_item_items_post');
    await block
      .locator('textarea.body-param__text')
      .fill('{"name": "Rosin", "price": 4.5, "extra": true}');
    expect(await execute(block)).toEqual({ status: '200', body: { name: 'Rosin', price: 4.5 } });
    await show('swagger-tried-out');
    expect(problems).toEqual([]);
  }, 60_000);

  it('a version is chosen above the document, and tried out', async () => {
    await using two = await versions.listen({ port: 0, handleSignals: false });
    await page.goto(`${two.url}/docs`);
    const names = page.locator('.topbar select option');
    await names.first().waitFor({ state: 'attached' });
    expect(await names.allTextContents()).toEqual(['The newest of each', 'Version 2', 'Version 1']);
    await page.locator('.topbar select').selectOption({ label: 'Version 1' });
    const block = page.locator('#operations-default-read_v1_notes_get');
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    expect(await execute(block)).toEqual({ status: '200', body: 'one' });
    await page.locator('.topbar select').selectOption({ label: 'Version 2' });
    const newest = page.locator('#operations-default-read_v2_notes_get');
    await newest.locator('.opblock-summary-control').click();
    await newest.getByRole('button', { name: 'Try it out' }).click();
    expect(await execute(newest)).toEqual({ status: '200', body: ['two'] });
    await show('swagger-versions');
    expect(problems).toEqual([]);
  }, 60_000);

  it('an enum is a drop-down', async () => {
    await open('/docs');
    const block = await tryOut('list_items_items_get');
    const select = block.locator('.parameters select');
    expect(await select.locator('option').allTextContents()).toEqual(
      expect.arrayContaining(['piece', 'kg']),
    );
    await select.selectOption('kg');
    expect(await execute(block)).toEqual({ status: '200', body: ['by kg'] });
    await show('swagger-enum');
    expect(problems).toEqual([]);
  }, 60_000);

  it('Authorize logs in with a password, and a protected operation knows who asks', async () => {
    await open('/docs');
    const block = await tryOut('read_me_me_get');
    expect(await execute(block)).toMatchObject({ status: expect.stringContaining('401') });
    expect(problems.splice(0)).toEqual([expect.stringContaining('401')]);
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.dialog-ux');
    await dialog.getByLabel('username').fill('ann');
    await dialog.getByLabel('password').fill('secret');
    await show('swagger-authorize');
    await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
    await dialog.locator('button', { hasText: 'Logout' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await block.getByRole('button', { name: 'Clear' }).click();
    expect(await execute(block)).toEqual({ status: '200', body: { name: 'ann' } });
    await show('swagger-authorized');
    expect(problems).toEqual([]);
  }, 60_000);

  it('a file is uploaded', async () => {
    await open('/docs');
    const block = await tryOut('upload_files_post');
    await block.locator('input[type=file]').setInputFiles({
      name: 'list.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('twelve bytes'),
    });
    expect(await execute(block)).toEqual({
      status: '200',
      body: { filename: 'list.txt', size: 12 },
    });
    await show('swagger-file');
    expect(problems).toEqual([]);
  }, 60_000);

  it('ReDoc shows the document', async () => {
    await open('/redoc');
    await page.getByRole('heading', { name: 'Shop (1.2.3)' }).waitFor();
    expect(await page.title()).toBe('Shop - ReDoc');
    expect(await page.locator('[data-section-id^="tag/shop/operation/"]').count()).toBe(4);
    await show('redoc');
    expect(problems).toEqual([]);
  }, 60_000);
});
