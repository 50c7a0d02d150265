/**
 * Writes class-validator in one file, and a small one that has it loaded in the place of the package.
 *
 * The package has 135 modules and loads 190 more, of validator and libphonenumber, each of which one decorator needs. Here
 * those are loaded by the first call that needs them, from where the package itself would find them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { plainText } from './plain-text.mjs';

const ENTRY = 'cjs/index.js';
const root = dirname(createRequire(import.meta.url).resolve('class-validator/package.json'));
const read = (name) => readFileSync(join(root, name), 'utf8');

/** An import of a module of its own, and one of another package, as tsc writes them. */
const OWN = /\brequire\("(\.\.?\/[^"]+)"\)/g;
const OTHER = /^const (\w+) = (?:(__import\w+)\()?require\("([^."][^"]*)"\)\)?;$/gm;

export function writeClassValidator(folder) {
  const { version, license } = JSON.parse(read('package.json'));
  writeFileSync(join(folder, 'class-validator-modules.js'), `${head(version, license)}${table()}`);
  writeFileSync(join(folder, 'class-validator.js'), stand(version));
}

function table() {
  const names = new Set([ENTRY]);
  const modules = [];
  for (const name of names) {
    const own = read(name).replaceAll(OWN, (_, to) => {
      const file = fileOf(posix.join(posix.dirname(name), to));
      names.add(file);
      return `$load(${JSON.stringify(file)})`;
    });
    modules.push(`${JSON.stringify(name)}: (function (exports) {${late(plainText(name, own))}}),`);
  }
  return `const modules = {\n${modules.join('\n')}\n};\n`;
}

const fileOf = (path) => (existsSync(join(root, `${path}.js`)) ? `${path}.js` : `${path}/index.js`);

/** What a function uses of another package is asked for where it is used. */
function late(code) {
  const uses = new Map();
  const rest = code.replaceAll(OTHER, (_, variable, wrap, name) => {
    uses.set(variable, `$package(${[JSON.stringify(name), wrap].filter(Boolean).join(', ')})`);
    return '';
  });
  return rest
    .replaceAll(/(?<![.\w])\w+(?=\.)/g, (word) => uses.get(word) ?? word)
    .replaceAll(/\n{2,}/g, '\n');
}

const head = (version, license) => `/*!
class-validator ${version}, ${license}

${read('LICENSE').trim()}
*/
'use strict';
const found = require.resolve('class-validator');
const others = require('node:module').createRequire(found);
const loaded = new Map();
const packages = new Map();

function $load(name) {
  let exports = loaded.get(name);
  if (exports !== undefined) return exports;
  exports = {};
  loaded.set(name, exports);
  modules[name](exports);
  return exports;
}

function $package(name, wrap = (exports) => exports) {
  let exports = packages.get(name);
  if (exports === undefined) packages.set(name, (exports = wrap(others(name))));
  return exports;
}

exports.load = () => $load(${JSON.stringify(ENTRY)});
`;

const stand = (version) => `'use strict';
// Whoever asks for class-validator after this gets the one file, which is loaded only then. A copy of another version,
// and one that is loaded already, stay what they are; what keeps metadata is global, for all copies.
const Module = require('node:module');
const { dirname, join } = require('node:path');
const file = require.resolve('class-validator');
// An import that stands below this one has been found already, and waits to be run.
const module_ = require.cache[file] ?? new Module(file, undefined);
if (!module_.loaded && require(join(dirname(file), '../package.json')).version === '${version}') {
  Object.assign(module_, { filename: file, loaded: true });
  Object.defineProperty(module_, 'exports', {
    configurable: true,
    enumerable: true,
    get() {
      const value = require('./class-validator-modules.js').load();
      Object.defineProperty(module_, 'exports', { value, writable: true });
      return value;
    },
  });
  require.cache[file] = module_;
}
`;
