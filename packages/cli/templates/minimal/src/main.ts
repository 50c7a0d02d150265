import { enableCompileCache } from 'node:module';

// Node keeps what it compiles, so that the next start is faster: before anything is imported.
enableCompileCache();
const { app } = await import('./app.js');

await app.listen({ host: process.env.HOST ?? '127.0.0.1' });
