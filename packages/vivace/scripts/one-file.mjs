/**
 * Puts the modules that most programs load into one file, which starts twice as fast as 300 small ones.
 *
 * Each stays the module of its own file: it is kept in `require.cache` under that name, and looked for there first. So whoever
 * loads a file by its path (a thread, a side-car) gets the same classes. Where modules cannot be kept (in Jest), and with
 * `--conditions vivace-modules`, the files themselves are loaded.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodedMap, FlattenMap } from '@jridgewell/trace-mapping';
import { writeClassValidator } from './one-file/class-validator.mjs';
import { plainText } from './one-file/plain-text.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const bundle = join(dist, 'bundle');
const FACES = 'index security responses middleware settings openapi extend'.split(' ');

// The compiler takes every script that it finds for one that tsc wrote.
rmSync(bundle, { recursive: true, force: true });
if (process.argv.includes('--clean')) process.exit();

/** An import as tsc writes it. */
const IMPORT = /\brequire\("(\.\.?\/[^"]+)"\)/g;
const text = (name) =>
  readFileSync(join(dist, name), 'utf8').replace(/\/\/# sourceMappingURL.*\n?$/, '');
const resolved = (from, to) => {
  const name = posix.join(posix.dirname(from), to);
  return existsSync(join(dist, `${name}.js`)) ? `${name}.js` : `${name}/index.js`;
};

const names = new Set(FACES.map((face) => `${face}.js`));
for (const name of names)
  for (const [, to] of text(name).matchAll(IMPORT)) names.add(resolved(name, to));

const lines = `'use strict';
const Module = require('node:module');
const { dirname, join } = require('node:path');
const dist = join(__dirname, '..');
const loaded = new Map();

function $load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const file = join(dist, name);
  const module = require.cache[file] ?? new Module(file, undefined);
  loaded.set(name, module);
  if (require.cache[file] === module) return module.exports;
  require.cache[file] = module;
  // It finds no packages itself: what it requires is required here.
  Object.assign(module, { filename: file, paths: [] });
  try {
    modules[name].call(module.exports, module, module.exports, file, dirname(file));
  } catch (error) {
    loaded.delete(name);
    delete require.cache[file];
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

module.exports = $load;
const modules = {`.split('\n');
const sections = [];
for (const name of names) {
  const map = JSON.parse(readFileSync(join(dist, `${name}.map`), 'utf8'));
  const source = join(dist, dirname(name), map.sources[0]);
  const code = plainText(name, text(name)).replaceAll(
    IMPORT,
    (_, to) => `$load(${JSON.stringify(resolved(name, to))})`,
  );
  lines.push(`${JSON.stringify(name)}: (function (module, exports, __filename, __dirname) {`);
  sections.push({
    offset: { line: lines.length, column: 0 },
    map: {
      ...map,
      sources: [relative(bundle, source).replaceAll('\\', '/')],
      sourcesContent: [readFileSync(source, 'utf8')],
    },
  });
  lines.push(...code.split('\n'), '}),');
}
lines.push('};', '//# sourceMappingURL=modules.js.map', '');
mkdirSync(bundle);
writeFileSync(join(bundle, 'modules.js'), lines.join('\n'));
// Node reads no map that consists of sections.
const map = encodedMap(new FlattenMap({ version: 3, sections }));
writeFileSync(join(bundle, 'modules.js.map'), JSON.stringify(map));

writeFileSync(
  join(bundle, 'keeps.js'),
  `'use strict';
/** Whether a module that is put into the cache stays there. */
module.exports = require.cache !== undefined && keeps(__dirname);
function keeps(name) {
  require.cache[name] = module;
  const isKept = require.cache[name] === module;
  delete require.cache[name];
  return isKept;
}
`,
);

const require = createRequire(import.meta.url);
for (const face of FACES)
  writeFileSync(
    join(bundle, `${face}.js`),
    `'use strict';
module.exports = require('./keeps.js') ? require('./modules.js')('${face}.js') : require('../${face}.js');
// The names that Node finds for ES modules.
0 && (module.exports = { ${Object.keys(require(join(dist, `${face}.js`))).join(', ')} });
`,
  );

writeClassValidator(bundle);
// What stands first in every file that the compiler has seen.
writeFileSync(
  join(bundle, 'reflect-metadata.js'),
  `'use strict';
if (require('./keeps.js')) require('./class-validator.js');
require('../reflect-metadata.js');
`,
);
