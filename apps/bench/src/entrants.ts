import { join } from 'node:path';
import { checkout, repository } from './checkout.js';
import { start, startProgram, type Contender } from './contender.js';
import { installPeers } from './peers.js';
import { startPython } from './python-contender.js';

/** A framework that is measured. */
export interface Entrant {
  readonly name: string;
  /** The packages that such a server installs, and where they are. */
  readonly packages: readonly string[];
  readonly folder: string;
  start(): Promise<Contender>;
}

function own(name: string, packages: readonly string[]): Entrant {
  return { name, packages, folder: repository, start: () => start(name, name) };
}

const FASTIFY = own('fastify', ['fastify']);
const VIVACE = own('vivace', ['vivace', 'class-validator']);

/** Hand-written Fastify first: it is what the others are compared with. */
export function entrants({ all = false, against }: { all?: boolean; against?: string }): Entrant[] {
  const few = [FASTIFY, VIVACE];
  if (against !== undefined) few.push(before(against));
  return all ? [...few, ...peers()] : few;
}

function before(ref: string): Entrant {
  const folder = checkout(ref);
  return { ...VIVACE, name: ref, folder, start: () => start(ref, 'vivace', {}, folder) };
}

/** Each as its documentation writes it. */
const PEERS: Readonly<Record<string, readonly string[]>> = {
  'nest-class-validator': [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-fastify',
    'class-transformer',
    'class-validator',
    'reflect-metadata',
    'rxjs',
  ],
  'nest-zod': [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-fastify',
    'reflect-metadata',
    'rxjs',
    'zod',
  ],
  hono: ['hono', '@hono/node-server', '@hono/zod-validator', 'zod'],
  elysia: ['elysia', '@elysiajs/node'],
  tsoa: ['tsoa', 'express'],
};

function peers(): Entrant[] {
  const folder = installPeers();
  const python = process.env['BENCH_PYTHON'];
  return [
    own('node-http', []),
    ...Object.entries(PEERS).map(([name, packages]) => ({
      name,
      packages,
      folder,
      start: () => startProgram(name, join(folder, 'dist', `${name}.js`)),
    })),
    ...(python === undefined
      ? []
      : [
          {
            name: 'fastapi',
            packages: [],
            folder,
            start: () =>
              startPython('fastapi', python, { folder, module: 'fastapi_server', path: '/hello' }),
          },
        ]),
  ];
}
