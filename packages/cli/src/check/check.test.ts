import { spawnSync } from 'node:child_process';
import { folder } from '../../tests/folder';
import { omissions } from './omissions';
import { inRepository } from './repository';
import { byRules } from './rules';
import { source } from './sources';

const read = (text: string) => source('src/app.ts', '/src/app.ts', text);

describe('what is not fit for production', () => {
  it('is found with its line and its rule, in the order of the text', () => {
    const found = byRules(
      read("\nconst limits = cors({\n  origins: ['*'],\n});\nnew Vivace({\n  debug: true });\n"),
    );
    expect(found.map(({ place, rule }) => `${place} ${rule}`)).toEqual([
      'src/app.ts:2 no-open-cors',
      'src/app.ts:6 safe-options',
    ]);
  });

  it.each([
    '// oxlint-disable-next-line vivace/safe-options -- never in production\nnew Vivace({ debug: true });',
    'new Vivace({ debug: true }); // oxlint-disable-line vivace/safe-options',
    '/* eslint-disable vivace/no-keys, vivace/safe-options */\n\nnew Vivace({ debug: true });',
  ])('is allowed by a comment that names the rule: %s', (text) =>
    expect(byRules(read(text))).toEqual([]),
  );

  it.each([
    '// oxlint-disable-next-line vivace/no-keys\nnew Vivace({ debug: true });',
    '// oxlint-disable-next-line vivace/safe-options\n\nnew Vivace({ debug: true });',
  ])('is not allowed by a comment on something else: %s', (text) =>
    expect(byRules(read(text))).toHaveLength(1),
  );

  it('is what is missing: a limit (gotcha 89), and a word about the documentation', () => {
    const of = (text: string): string[] =>
      omissions([read(text)]).map(({ place, seen }) => `${place} ${seen}`);
    expect(of('\nexport const app = new Vivace({});')).toEqual([
      'src/app.ts:2 Nothing limits how often a client asks.',
      'src/app.ts:2 The documentation is public.',
    ]);
    expect(
      of('new Vivace({ docs: false, middleware: [rateLimit({ limit: 1, seconds: 1 })] });'),
    ).toEqual([]);
    expect(of('export const nothing = 1;')).toEqual([]);
  });

  it('is a file of secrets in git, unless it is an example or not part of it', () => {
    using place = folder({
      '.env': 'A=1',
      '.env.example': 'A=',
      'keys/server.pem': '',
      'src/app.ts': '',
    });
    expect(inRepository(place.path)).toEqual([]);
    const git = (...args: readonly string[]): number | null =>
      spawnSync('git', args, { cwd: place.path }).status;
    expect(git('init', '-q')).toBe(0);
    expect(inRepository(place.path).map(({ place: file, seen }) => `${file}: ${seen}`)).toEqual([
      '.env: A file of secrets is not ignored by git.',
      'keys/server.pem: A file of secrets is not ignored by git.',
    ]);
    expect(git('add', '-f', '.')).toBe(0);
    expect(inRepository(place.path).map((finding) => finding.place)).toEqual([
      '.env',
      'keys/server.pem',
    ]);
  });
});
