#!/usr/bin/env node
const { main } = require('@vivace/cli');
main([...process.argv.slice(0, 2), 'new', ...process.argv.slice(2)]);
