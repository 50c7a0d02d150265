import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Type } from '@nestjs/common';
import { ready } from './ready.js';

/** Starts an application of Nest on Fastify. */
export async function listen(
  module: Type,
  prepare: (app: NestFastifyApplication) => void,
): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: false,
  });
  prepare(app);
  await app.listen(Number(process.argv[2]), '127.0.0.1');
  ready(await app.getUrl());
}
