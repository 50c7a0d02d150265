/* A process that runs compiled programs: the folder has them as modules and as descriptions, and gets what they do. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Vivace } from 'vivace';
import type { Answer, Behaviour, Operation, Program, Request } from './description';
import { jsonOf } from './json';

async function main(folder: string): Promise<void> {
  const programs = JSON.parse(readFileSync(join(folder, 'programs.json'), 'utf8')) as Program[];
  const load = createRequire(join(folder, 'out/package.json'));
  const behaviours: Behaviour[] = [];
  for (const [index, program] of programs.entries())
    behaviours.push(await behaviourOf(() => load(`./p${index}.js`), program));
  writeFileSync(join(folder, 'behaviours.json'), JSON.stringify(behaviours));
}

async function behaviourOf(load: () => { app: Vivace }, program: Program): Promise<Behaviour> {
  try {
    const { app } = load();
    await using server = await app.build();
    const answers: Answer[][] = [];
    for (const operation of program.operations) {
      const group: Answer[] = [];
      for (const request of operation.requests)
        group.push(await answerOf(server.fastify, operation, request));
      answers.push(group);
    }
    return { answers, document: await app.openapi() };
  } catch (error) {
    return { boot: error instanceof Error ? error.message : String(error) };
  }
}

type Fastify = Awaited<ReturnType<Vivace['build']>>['fastify'];

async function answerOf(
  fastify: Fastify,
  { method }: Operation,
  { url, headers = [], body }: Request,
): Promise<Answer> {
  const { statusCode, payload } = await fastify.inject({
    method,
    url,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: statusCode, body: jsonOf(payload) };
}

main(process.argv[2]!).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
