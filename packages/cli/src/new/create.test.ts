import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { UserError } from '../terminal/user-error';
import { createProject } from './create';
import { currentPackageManager, PACKAGE_MANAGERS } from './package-managers';
import { TEMPLATES } from './templates';

const make = (
  directory: string,
  template = TEMPLATES[0]!,
  packageManager = PACKAGE_MANAGERS[0]!,
  install = false,
): Promise<unknown> =>
  createProject({ directory, template, packageManager, git: false, install }, () => {});

describe('a new project', () => {
  it.each(TEMPLATES.map((template) => [template.name, template] as const))(
    'of %s has every word filled in',
    async (_, template) => {
      using place = folder();
      await make(join(place.path, 'shop'), template);
      const files = readdirSync(join(place.path, 'shop'), {
        recursive: true,
        withFileTypes: true,
      }).filter((entry) => entry.isFile());
      const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
      expect(files.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['package.json', 'README.md', 'tsconfig.json', '.gitignore']),
      );
      expect(texts.filter((text) => /(?<!\$)\{\{\w*\}\}/.test(text))).toEqual([]);
      const manifest = JSON.parse(readFileSync(join(place.path, 'shop/package.json'), 'utf8'));
      expect(manifest).toMatchObject({
        name: 'shop',
        dependencies: { vivace: expect.any(String) },
      });
    },
  );

  it('of api has layers, tests, an image, health checks and CI', async () => {
    using place = folder();
    await make(join(place.path, 'shop'), TEMPLATES[1]);
    for (const file of [
      'src/users/users.service.ts',
      'src/app.test.ts',
      'Dockerfile',
      'compose.yaml',
      '.env.example',
      '.github/workflows/ci.yml',
    ])
      expect(existsSync(join(place.path, 'shop', file))).toBe(true);
    const image = readFileSync(join(place.path, 'shop/Dockerfile'), 'utf8');
    for (const line of [
      'USER node',
      'EXPOSE 8000',
      'HEALTHCHECK',
      'CMD ["node", "--enable-source-maps", "dist/main.js"]',
    ])
      expect(image).toContain(line);
  });

  it('never takes the place of something', async () => {
    using place = folder({ 'shop/notes.txt': 'mine' });
    await expect(make(join(place.path, 'shop'))).rejects.toThrow('is there already');
    expect(readdirSync(place.path)).toEqual(['shop']);
    expect(readFileSync(join(place.path, 'shop/notes.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['My Shop', "'My Shop' cannot be the name of a package"],
    ['node_modules', "'node_modules' is the name of something else"],
    ['jest', "'jest' is the name of something else"],
  ])('has a name that npm takes: not %s', async (name, message) => {
    using place = folder();
    await expect(make(join(place.path, name))).rejects.toThrow(message);
    expect(readdirSync(place.path)).toEqual([]);
  });

  it('can be read by others than who made it, as every folder', async () => {
    using place = folder();
    mkdirSync(join(place.path, 'other'));
    await make(join(place.path, 'shop'));
    expect(statSync(join(place.path, 'shop')).mode).toBe(statSync(join(place.path, 'other')).mode);
  });

  it('is not made where nothing can be written, and says so', async () => {
    using place = folder({ file: '' });
    await expect(make(join(place.path, 'file/shop'))).rejects.toThrow(UserError);
  });

  it('has nothing that tools wrote into the template', async () => {
    using place = folder();
    await make(join(place.path, 'shop'));
    expect(existsSync(join(place.path, 'shop/.vivace'))).toBe(false);
  });

  it('speaks of the package manager that was chosen, in its image and its CI too', async () => {
    using place = folder();
    await make(join(place.path, 'shop'), TEMPLATES[1], PACKAGE_MANAGERS[1]);
    for (const file of ['README.md', 'Dockerfile', '.github/workflows/ci.yml']) {
      const text = readFileSync(join(place.path, 'shop', file), 'utf8');
      expect(text).toContain('pnpm build');
      expect(text).not.toMatch(/\bnpm (?!install --global pnpm)/);
    }
    expect(existsSync(join(place.path, 'shop/pnpm-workspace.yaml'))).toBe(true);
  });

  it('is not begun with a package manager that is not there', async () => {
    using place = folder();
    const missing = { ...PACKAGE_MANAGERS[0]!, name: 'no-such-manager' as 'npm' };
    await expect(make(join(place.path, 'shop'), undefined, missing, true)).rejects.toThrow(
      'no-such-manager is not on this machine.',
    );
    expect(readdirSync(place.path)).toEqual([]);
  });

  it('is installed by the package manager that runs', () => {
    expect(currentPackageManager('pnpm/10.1.0 npm/? node/v24').name).toBe('pnpm');
    expect(currentPackageManager('').name).toBe('npm');
  });
});
