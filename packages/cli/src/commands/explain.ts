import type { Command } from 'commander';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load';
import { projectAt } from '../project/project';
import { UserError } from '../terminal/user-error';
import { bold, cyan, dim } from '../terminal/style';
import { table } from '../terminal/table';

/** `vivace explain "GET /items/:id"`. */
export function explainCommand(program: Command): Command {
  return program
    .command('explain')
    .description('show how an operation works: where its inputs come from, and the code that is generated for it')
    .argument('<operation>', 'method and path, such as "GET /items/:item_id"')
    .argument('[entry]', 'file of the application')
    .addHelpText('after', '\nExamples:\n  $ vivace explain "GET /items/:item_id"\n  $ vivace explain "post /users"')
    .action(async (operation: string, named: string | undefined) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const [method = '', path = ''] = operation.trim().split(/\s+/);
      const route = (await app.routes()).find((one) => one.method === method.toUpperCase() && one.path === path);
      if (route === undefined) throw unknown(operation, await app.routes());
      console.log(`${bold(route.method)} ${cyan(route.path)}  ${route.handler}  ${dim(`${route.file}:${route.line}`)}\n`);
      console.log(table([...facts(route)]));
      if (route.method !== 'WEBSOCKET') console.log(`\n${await app.explain(`${route.method} ${route.path}`)}`);
    });
}

type Route = Awaited<ReturnType<Awaited<ReturnType<typeof loadApplication>>['routes']>>[number];

const OTHERS = { ignore: 'ignored', forbid: 'refused', allow: 'kept' } as const;

function* facts(route: Route): Generator<string[]> {
  for (const { source, name, type, required, extra } of route.inputs)
    yield [
      dim(source),
      name,
      `${type}${required ? '' : dim(' optional')}${extra === null ? '' : dim(`, other fields are ${OTHERS[extra]}`)}`,
    ];
  if (route.dependencies.length > 0) yield [dim('needs'), route.dependencies.join(', ')];
  if (route.security.length > 0) yield [dim('guards'), route.security.join(', ')];
  yield [dim('answers'), `${route.status} ${route.response ?? 'anything'}`];
}

function unknown(operation: string, routes: readonly Route[]): UserError {
  const known = routes.map(({ method, path }) => `${method} ${path}`);
  return new UserError(`There is no operation '${operation}'.`, `There are: ${known.join(', ')}`, { usage: true });
}
