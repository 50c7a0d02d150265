import manifest from '../../package.json';
import { checkNode } from './node-version';

const orm = require('@mikro-orm/core/package.json') as typeof manifest;
const leastOf = ({ engines }: typeof manifest): string => /[\d.]+/.exec(engines.node)![0];

describe('the version of Node that a database needs', () => {
  it.each([leastOf(orm), '22.21.3', '23.0.0', '24.1.0'])('may be %s', (version) =>
    expect(() => checkNode(version)).not.toThrow(),
  );

  it.each(['22.15.0', '22.16.2', '20.19.0'])('may not be %s', (version) =>
    expect(() => checkNode(version)).toThrow(
      `[DATABASE_NODE] database(): This is Node ${version}.`,
    ),
  );

  it('is what package.json says', () => expect(leastOf(orm)).toBe(`${leastOf(manifest)}.0`));
});
