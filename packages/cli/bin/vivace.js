#!/usr/bin/env node
// What is loaded after it need not be compiled at the next start; an old Node has none, and is refused below.
require('node:module').enableCompileCache?.();
require('../dist/main.js').main(process.argv);
