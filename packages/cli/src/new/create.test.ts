import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../tests/folder';
import { createProject } from './create';
import { currentPackageManager, PACKAGE_MANAGERS } from './package-managers';
import { TEMPLATES } from './templates';

const make = (directory: string, template = TEMPLATES[0]!): unknown =>
  createProject({ directory, template, packageManager: PACKAGE_MANAGERS[0]!, git: false, install: false }, () => {});

describe('a new project', () => {
  it.each(TEMPLATES.map((template) => [template.name, template] as const))('of %s has every word filled in', (_, template) => {
    using place = folder();
    make(join(place.path, 'shop'), template);
    const files = readdirSync(join(place.path, 'shop'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['package.json', 'README.md', 'tsconfig.json', '.gitignore']));
    expect(texts.filter((text) => /(?<!\$)\{\{\w*\}\}/.test(text))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(place.path, 'shop/package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'shop', dependencies: { vivace: expect.any(String) } });
  });

  it('of api has layers, tests, an image, health checks and CI', () => {
    using place = folder();
    make(join(place.path, 'shop'), TEMPLATES[1]);
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
    for (const line of ['USER node', 'EXPOSE 8000', 'HEALTHCHECK', 'CMD ["node", "dist/main.js"]']) expect(image).toContain(line);
  });

  it('never takes the place of something', () => {
    using place = folder({ 'shop/notes.txt': 'mine' });
    expect(() => make(join(place.path, 'shop'))).toThrow('is there already');
    expect(readdirSync(place.path)).toEqual(['shop']);
    expect(readFileSync(join(place.path, 'shop/notes.txt'), 'utf8')).toBe('mine');
  });

  it('has a name that npm takes', () => {
    using place = folder();
    expect(() => make(join(place.path, 'My Shop'))).toThrow("'My Shop' cannot be the name of a package");
    expect(readdirSync(place.path)).toEqual([]);
  });

  it('is installed by the package manager that runs', () => {
    expect(currentPackageManager('pnpm/10.1.0 npm/? node/v24').name).toBe('pnpm');
    expect(currentPackageManager('').name).toBe('npm');
  });
});
