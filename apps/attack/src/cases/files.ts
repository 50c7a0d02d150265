import type { Section } from '../case.js';
import { answered, holds, isRefused, refused, survived, type Request } from '../case.js';
import { request } from '../wire.js';

const files = (...paths: readonly string[]): Request[] => paths.map((path) => [`/static/${path}`]);
const ranges = (...values: readonly string[]): Request[] =>
  values.map((range) => ['/static/plain.txt', { headers: { range } }]);

export const staticFiles: Section = {
  name: 'S, D: static files, documentation',
  cases: [
    answered('S00', 'a file', '200', files('plain.txt'), ({ status }) => status === 200),
    refused(
      'S01',
      'ways up, encoded once and twice, with backslashes',
      files(
        '../outside.txt',
        '..%2foutside.txt',
        '%2e%2e/outside.txt',
        '%2e%2e%2foutside.txt',
        '%252e%252e%252foutside.txt',
        '..\\outside.txt',
        '..%5coutside.txt',
        'folder/../../outside.txt',
        'folder/..%2f..%2foutside.txt',
        '....//outside.txt',
      ),
    ),
    refused('S02', 'absolute paths', files('/etc/passwd', '%2fetc%2fpasswd', 'C:%5cwindows')),
    refused('S03', 'NUL, very long names', files('%00', 'plain.txt%00.png', 'a'.repeat(5000))),
    refused('S04', 'a link that leads out', files('linked.txt')),
    refused('S05', '.env', files('.env', '%2eenv', 'folder/../.env')),
    answered(
      'S06',
      'a folder',
      'no list',
      files('', 'folder', 'folder/'),
      ({ status, body }) => status < 500 && !/inside\.txt|plain\.txt/.test(body),
    ),
    answered(
      'S07',
      '2,000 ranges, overlapping ones',
      '200, 206 or 416, small',
      ranges(
        `bytes=${Array.from({ length: 2000 }, (_, n) => `${n}-${n}`).join()}`,
        `bytes=${'0-5999,'.repeat(200)}0-1`,
      ),
      ({ status, body }) => [200, 206, 416, 431].includes(status) && body.length < 60_000,
    ),
    survived('S08', 'a range of 15 KB', ranges(`bytes=${'0-0,1-1,'.repeat(1900)}`)),
    answered(
      'S09',
      'ranges that are none',
      '200 or 416',
      ranges('bytes=9999999-', 'bytes=-0', 'bytes=a-b', 'bytes=5-1', 'x=0-1', 'bytes=', 'bytes'),
      ({ status }) => status === 200 || status === 416 || status === 206,
    ),
    answered(
      'S10',
      'is it what it says?',
      'nosniff',
      files('plain.txt'),
      ({ headers }) => headers.get('x-content-type-options') === 'nosniff',
    ),
    answered(
      'S11',
      'nonsense in If-None-Match, If-Modified-Since',
      'no 5xx',
      ['"', 'W/', 'x'.repeat(10_000), '*', '", "'].flatMap((value) => [
        ['/static/plain.txt', { headers: { 'if-none-match': value } }] as const,
        ['/static/plain.txt', { headers: { 'if-modified-since': value } }] as const,
      ]),
      ({ status }) => status < 500,
    ),
    answered(
      'S12',
      'PUT, DELETE, POST',
      '404 or 405',
      ['PUT', 'DELETE', 'POST'].map((method) => ['/static/plain.txt', { method }]),
      ({ status }) => status === 404 || status === 405,
    ),
    {
      id: 'S13',
      attack: '100 downloads that break off',
      must: 'no files are left open',
      run: async (target) => {
        const { open } = await target.census();
        await target.askAll(100, async () => {
          await using wire = target.wire(request('GET', '/static/plain.txt'));
          await wire.until(/\r\n\r\n/);
          wire.reset();
        });
        const after = await target.settled((census) => census.open <= open);
        holds(after.open <= open, `${after.open - open} more open`);
      },
    },
    answered(
      'D01',
      '/docs?url=…, ?configUrl=…',
      'not taken',
      [['/docs?url=https://evil.example/x.json'], ['/docs?configUrl=https://evil.example/x.json']],
      ({ body, status }) => status < 500 && !/evil|queryConfigEnabled:\s*true/.test(body),
      { ours: true },
    ),
    answered(
      'D02',
      'markup in the title',
      'escaped',
      [['/docs'], ['/redoc']],
      ({ body }) => !body.includes('<script>alert'),
      { ours: true },
    ),
    answered(
      'D04',
      'the page in a frame',
      'forbidden',
      [['/docs'], ['/redoc']],
      ({ headers }) =>
        headers.has('x-frame-options') ||
        /frame-ancestors/.test(headers.get('content-security-policy') ?? ''),
      { ours: true },
    ),
    answered(
      'D05',
      'scripts in the page',
      'a policy',
      [['/docs'], ['/redoc']],
      ({ headers }) => headers.has('content-security-policy'),
      { ours: true },
    ),
    answered(
      'D06',
      'markup for oauth2-redirect',
      'not shown',
      [['/docs/oauth2-redirect?x=<script>alert(1)</script>']],
      ({ body }) => !body.includes('<script>alert'),
      { ours: true },
    ),
    answered(
      'D07',
      'the document, asked for by evil.example',
      'no files, no host',
      [['/openapi.json', { headers: { host: 'evil.example' } }]],
      ({ body, status }) => status === 200 && !/evil\.example|node_modules|\/dist\//.test(body),
      { ours: true },
    ),
    answered(
      'D08',
      'ways up from the files of the page',
      '4xx',
      [['/docs/..%2f..%2fpackage.json'], ['/docs/static/../../package.json'], ['/docs/%2e%2e/x']],
      (answer) => isRefused(answer),
      { ours: true },
    ),
  ],
};
