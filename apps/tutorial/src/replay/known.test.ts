import { KnownDifferences } from './known';

const mismatch = (path: string): { path: string; expected: unknown; actual: unknown } => ({
  path,
  expected: 1,
  actual: 2,
});

describe('KnownDifferences', () => {
  it('explains mismatches at and below its path', () => {
    const known = KnownDifferences.parse(
      '# Title\n\n- `deep/test_x #3 /response/body/json`: a detail of Python\n',
    );
    const mismatches = [
      mismatch('/response/body/json/detail'),
      mismatch('/response/body/jsonx'),
      mismatch('/response/status'),
    ];
    expect(known.unexplained('deep/test_x', '#3', mismatches).map(({ path }) => path)).toEqual([
      '/response/body/jsonx',
      '/response/status',
    ]);
    expect(known.unexplained('deep/test_x', '#4', mismatches)).toHaveLength(3);
    expect(known.unused(new Set(['deep/test_x']))).toEqual([]);
  });

  it('names lines that explain nothing in what was replayed', () => {
    const known = KnownDifferences.parse('- `deep/test_x openapi`: safer');
    expect(known.unused(new Set(['deep/test_x']))).toMatchObject([{ id: 'deep/test_x', line: 1 }]);
    expect(known.unused(new Set(['deep/test_y']))).toEqual([]);
  });

  it('refuses a line it cannot read', () => {
    expect(() => KnownDifferences.parse('- deep/test_x: no code')).toThrow('DIFFERENCES.md:1');
  });
});
