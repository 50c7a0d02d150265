import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../../..');
const OWN = {
  vivace: 'vivace',
  '@vivace/compiler': 'compiler',
  '@vivace/lint': 'lint',
  '@vivace/cli': 'cli',
  '@vivace/sql': 'sql',
  '@vivace/queue': 'queue',
} as const;

/** Packs our packages as they would be published; where the tarballs are. */
export function pack(directory: string): string {
  mkdirSync(directory, { recursive: true });
  for (const name of Object.values(OWN)) {
    const cwd = join(REPOSITORY, 'packages', name);
    if (!existsSync(join(cwd, 'dist')))
      throw new Error(`packages/${name} is not built: npm run build`);
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory], {
      cwd,
      stdio: 'ignore',
    });
  }
  return directory;
}

/**
 * Installs a project without a network: our packages from their tarballs, the rest as links to what the repository has.
 * Whether the registry has them is not a question of this test.
 */
export function install(project: string, tarballs: string): void {
  const shared = join(REPOSITORY, 'node_modules');
  const target = join(project, 'node_modules');
  mkdirSync(join(target, '.bin'), { recursive: true });
  mkdirSync(join(target, '@vivace'));
  for (const name of readdirSync(shared)) {
    if (name in OWN || ['@vivace', '.bin', 'create-vivace'].includes(name)) continue;
    symlinkSync(join(shared, name), join(target, name), 'junction');
  }
  for (const [name, folder] of Object.entries(OWN)) {
    const place = join(target, name);
    const stem = name.replace('@', '').replace('/', '-');
    const tarball = readdirSync(tarballs).find((file) => new RegExp(`^${stem}-\\d`).test(file))!;
    mkdirSync(place);
    execFileSync('tar', ['-xzf', join(tarballs, tarball), '--strip-components=1', '-C', place]);
    const nested = join(REPOSITORY, 'packages', folder, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(place, 'node_modules'), 'junction');
  }
  for (const name of readdirSync(join(shared, '.bin'))) {
    if (!name.startsWith('vivace') && !name.startsWith('create-vivace'))
      symlinkSync(join(shared, '.bin', name), join(target, '.bin', name));
  }
  symlinkSync('../@vivace/cli/bin/vivace.js', join(target, '.bin/vivace'));
}
