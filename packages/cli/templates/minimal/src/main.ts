import { app } from './app.js';

await app.listen({ host: process.env.HOST ?? '127.0.0.1' });
