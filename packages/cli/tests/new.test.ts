import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { folder } from './folder';
import { start } from './running';

const CLI = join(__dirname, '../bin/vivace.js');
const SLOW = '#!/bin/sh\necho installing\ntrap "exit 1" TERM INT\nwhile :; do sleep 0.05; done\n';

describe('a project that is made', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves nothing half-made where %s comes during the installation',
    async (signal) => {
      using place = folder();
      using tools = folder({ npm: { text: SLOW, mode: 0o755 } });
      const args = [CLI, 'new', 'groups/shop', '--yes', '--no-git'];
      await using command = start(args, place.path, {
        PATH: `${tools.path}${delimiter}${process.env['PATH']}`,
      });
      await command.says('installing');
      expect(await command.end(signal)).toBe(1);
      expect(command.output).toContain('Nothing was made.');
      expect(readdirSync(place.path)).toEqual([]);
    },
  );

  it('says that its packages are missing where the package manager fails, by its exit code too', async () => {
    using place = folder();
    using tools = folder({ npm: { text: '#!/bin/sh\necho no network\nexit 1\n', mode: 0o755 } });
    const args = [CLI, 'new', 'shop', '--yes', '--no-git'];
    await using command = start(args, place.path, {
      PATH: `${tools.path}${delimiter}${process.env['PATH']}`,
    });
    await command.says('npm run dev');
    expect(command.output).toContain('warning npm did not install the packages');
    expect(await command.ended).toBe(1);
  });
});
