import { folder } from './folder';
import { link } from './linked';
import { run } from './running';

describe('vivace info names the packages of a project', () => {
  it('with what it adds to the framework, and what is not installed', async () => {
    using place = folder({
      'package.json':
        '{ "name": "shop", "dependencies": { "@vivace/sql": "*", "@vivace/absent": "*", "pg": "*" } }',
    });
    link(place.path);
    const info = run(place.path, ['info']);
    expect(await info.ended).toBe(0);
    expect(info.output).toMatch(/^@vivace\/sql +\d+\.\d+\.\d+$/m);
    expect(info.output).toMatch(/^@vivace\/absent +not installed$/m);
    expect(info.output).not.toMatch(/^pg /m);
  });
});
