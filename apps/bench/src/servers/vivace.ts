import { enableCompileCache } from 'node:module';

// As `main.ts` of a project that `vivace new` makes.
enableCompileCache();
await import('./vivace-app.js');
