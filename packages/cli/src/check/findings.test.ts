import { spawnSync } from 'node:child_process';
import { folder } from '../../tests/folder';
import { inRepository, inText, missing } from './findings';

const places = (text: string): string[] => inText('src/app.ts', text).map(({ place }) => place);

describe('what is not fit for production', () => {
  it.each([
    'new Vivace({ debug: true });',
    "cors({ origins: '*' });",
    "cors({ origins: ['*'], credentials: true });",
    'new Vivace({ trustProxy: true });',
    'new Vivace({ fastify: { bodyLimit: 50 * 1024 * 1024 } });',
    'new Vivace({ fastify: { bodyLimit: 52_428_800 } });',
    "signToken({ sub: 'ann' }, secret, { seconds: 60 * 60 * 24 });",
    "const key = '-----BEGIN PRIVATE KEY-----';",
  ])('is found with its line: %s', (text) => expect(places(`\n${text}\n`)).toEqual(['src/app.ts:2']));

  it.each([
    'new Vivace({ debug: settings.debug });',
    "cors({ origins: ['https://shop.example'] });",
    "new Vivace({ trustProxy: ['10.0.0.0/8'] });",
    'new Vivace({ fastify: { bodyLimit: 2 * 1024 * 1024 } });',
    "signToken({ sub: 'ann' }, secret, { seconds: 15 * 60 });",
    'rateLimit({ limit: 1000, seconds: 86_400 })',
    '// new Vivace({ debug: true });',
  ])('is not this: %s', (text) => expect(places(text)).toEqual([]));

  it('is what is missing: a limit (gotcha 89), and a word about the documentation', () => {
    const of = (text: string): string[] => missing(new Map([['src/app.ts', text]])).map(({ place, seen }) => `${place} ${seen}`);
    expect(of('\nexport const app = new Vivace({});')).toEqual([
      'src/app.ts:2 Nothing limits how often a client asks.',
      'src/app.ts:2 The documentation is public.',
    ]);
    expect(of('new Vivace({ docs: false, middleware: [rateLimit({ limit: 1, seconds: 1 })] });')).toEqual([]);
  });

  it('is a file of secrets in git, unless it is an example or not part of it', () => {
    using place = folder({ '.env': 'A=1', '.env.example': 'A=', 'keys/server.pem': '', 'src/app.ts': '' });
    expect(inRepository(place.path)).toEqual([]);
    const git = (...args: readonly string[]): number | null => spawnSync('git', args, { cwd: place.path }).status;
    expect([git('init', '-q'), git('add', '-f', '.')]).toEqual([0, 0]);
    expect(inRepository(place.path).map((finding) => finding.place)).toEqual(['.env', 'keys/server.pem']);
  });
});
