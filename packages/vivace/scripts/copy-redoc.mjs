// Of redoc only the browser bundle is shipped; its footer logo, the one thing it would fetch from elsewhere, is left out.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
const target = fileURLToPath(new URL('../dist/assets/redoc.standalone.js', import.meta.url));
const emptyImage = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';

mkdirSync(dirname(target), { recursive: true });
writeFileSync(
  target,
  readFileSync(source, 'utf8').replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', emptyImage),
);
