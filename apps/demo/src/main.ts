import { app } from './app.js';

const server = await app.listen({ port: Number(process.env.PORT ?? 8000) });
console.log(
  `Instrument library  ${server.url}\nDocumentation       ${server.url}/docs  ${server.url}/redoc  ${server.url}/openapi.json`,
);
