#!/usr/bin/env node
process.exitCode = require('../dist/cli.js').run(process.argv.slice(2));
