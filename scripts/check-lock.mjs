// Fails when package-lock.json lacks a platform's package: npm leaves out what a registry does not have, and then `npm ci` fails elsewhere.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !resolve(path, name))
    .map((name) => `${path || 'package.json'} needs ${name}`),
);
const addresses = Object.entries(packages).filter(([, { resolved, link }]) => resolved && !link);

if (missing.length > 0)
  fail('package-lock.json is incomplete; pin a version that every platform has:', missing);
if (addresses.length > 0)
  fail(
    'package-lock.json names download addresses; .npmrc should prevent that:',
    addresses.map(([path]) => path),
  );

/** Node's own rule: the nearest node_modules that has it. */
function resolve(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/')))) {
    if (packages[`${base}${base && '/'}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

function fail(message, lines) {
  console.error([message, ...lines].join('\n  '));
  process.exit(1);
}
