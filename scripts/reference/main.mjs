// npm run reference: writes docs/reference from the declarations of the package `vivace`, which `npm run build` makes.
// With --check it writes nothing, and fails where a page is not up to date or a name says nothing about itself.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publicNames } from './declarations.mjs';
import { Page, fileOf } from './pages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/reference');
const modules = publicNames(join(root, 'packages/vivace'));
const places = new Map();
const silent = [];
const stale = [];
mkdirSync(folder, { recursive: true });
const pages = modules.map((module) => [module, new Page(module, places, silent)]);
for (const [{ module }, page] of pages) {
  const path = join(folder, fileOf(module));
  const text = await page.text();
  if (process.argv.includes('--check')) {
    if (text !== readOr(path, '')) stale.push(path);
  } else writeFileSync(path, text);
}
if (silent.length > 0)
  console.error(`These have no comment that says what they are:\n  ${silent.join('\n  ')}`);
if (stale.length > 0)
  console.error(`npm run reference has not been run since these changed:\n  ${stale.join('\n  ')}`);
if (silent.length + stale.length > 0) process.exitCode = 1;

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
