#!/usr/bin/env node
process.exitCode = require('../dist/build/cli.js').run(process.argv.slice(2));
