import { findingsIn, type Finding } from '.';

/** What is found in an application of one file; that it has no limit and no decision on its documentation is beside the point. */
function found(text: string): readonly Finding[] {
  return checked(text).filter(({ rule }) => rule !== undefined);
}

function checked(text: string): readonly Finding[] {
  return findingsIn([{ place: 'src/app.ts', path: '/src/app.ts', text }]);
}

describe('what is not fit for production', () => {
  it('is found with its line and its rule, in the order of the text', () => {
    const findings = found(
      "\nconst limits = cors({\n  origins: ['*'],\n});\nnew Vivace({\n  debug: true });\n",
    );
    expect(findings.map(({ place, rule }) => `${place} ${rule}`)).toEqual([
      'src/app.ts:2 no-open-cors',
      'src/app.ts:6 safe-options',
    ]);
  });

  it.each([
    '// oxlint-disable-next-line vivace/safe-options -- never in production\nnew Vivace({ debug: true });',
    'new Vivace({ debug: true }); // oxlint-disable-line vivace/safe-options',
    '/* eslint-disable vivace/no-keys, vivace/safe-options */\n\nnew Vivace({ debug: true });',
    '// oxlint-disable-next-line\nnew Vivace({ debug: true });',
    '// oxlint-disable-next-line -- only here\nnew Vivace({ debug: true });',
  ])('is allowed by a comment on it: %s', (text) => expect(found(text)).toEqual([]));

  it.each([
    '// oxlint-disable-next-line vivace/no-keys\nnew Vivace({ debug: true });',
    '// oxlint-disable-next-line vivace/safe-options\n\nnew Vivace({ debug: true });',
  ])('is not allowed by a comment on something else: %s', (text) =>
    expect(found(text)).toHaveLength(1),
  );

  it('is what is missing: a limit (gotcha 89), and a word about the documentation', () => {
    const of = (text: string): string[] =>
      checked(text).map(({ place, seen }) => `${place} ${seen}`);
    expect(of('\nexport const app = new Vivace({});')).toEqual([
      'src/app.ts:2 Nothing limits how often a client asks.',
      'src/app.ts:2 The documentation is public.',
    ]);
    expect(
      of('new Vivace({ docs: false, middleware: [rateLimit({ limit: 1, seconds: 1 })] });'),
    ).toEqual([]);
    expect(of('export const nothing = 1;')).toEqual([]);
  });
});
