import type { Command } from 'commander';
import type { EntryInfo, RouteInfo, Vivace } from 'vivace';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load-application';
import { projectAt } from '../project/project';
import { findRoutes } from '../routes/find';
import { entryListing } from '../routes/listing';
import { bold, cyan, dim } from '../terminal/style';
import { table } from '../terminal/table';

/** `vivace explain "GET /items/:id"`. */
export function explainCommand(program: Command): Command {
  return program
    .command('explain')
    .description(
      'show how an operation works: where its inputs come from, and the code that is generated for it',
    )
    .argument(
      '<operation>',
      'method and path, such as "GET /items/:item_id" or "GET /items/3"; or a method, such as Billing.bill',
    )
    .argument('[entry]', 'file of the application')
    .addHelpText(
      'after',
      '\nExamples:\n  $ vivace explain "GET /items/:item_id"\n  $ vivace explain /items/3',
    )
    .action(async (operation: string, named: string | undefined) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const entry = (await app.entries()).find(({ handler }) => handler === operation);
      if (entry !== undefined) return console.log(await entryExplanation(app, entry));
      const found = findRoutes(operation, await app.routes());
      const parts = await Promise.all(found.map((route) => explanation(app, route)));
      console.log(parts.join('\n\n'));
    });
}

async function explanation(app: Vivace, route: RouteInfo): Promise<string> {
  const head = `${bold(route.method)} ${cyan(route.path)}  ${route.handler}  ${dim(`${route.file}:${route.line}`)}`;
  const code = route.operationId === null ? [] : [await app.explain(route.operationId)];
  return [head, table([...facts(route)]), ...code].join('\n\n');
}

async function entryExplanation(app: Vivace, entry: EntryInfo): Promise<string> {
  const { payload, dependencies } = entry;
  const known = [
    ...(payload === null ? [] : [[dim('payload'), payload]]),
    ...(dependencies.length === 0 ? [] : [[dim('needs'), dependencies.join(', ')]]),
  ];
  return [entryListing([entry]), table(known), await app.explain(entry.handler)].join('\n\n');
}

const OTHERS = { ignore: 'ignored', forbid: 'refused', allow: 'kept' } as const;

function* facts(route: RouteInfo): Generator<string[]> {
  for (const { source, name, type, required, extra } of route.inputs)
    yield [
      dim(source),
      name,
      `${type}${required ? '' : dim(' optional')}${extra === null ? '' : dim(`, other fields are ${OTHERS[extra]}`)}`,
    ];
  if (route.extension !== null) yield [dim('added by'), `the extension ${route.extension}`];
  if (route.apiVersion !== null) yield [dim('version'), route.apiVersion];
  if (route.host !== null) yield [dim('host'), route.host];
  if (route.dependencies.length > 0) yield [dim('needs'), route.dependencies.join(', ')];
  if (route.security.length > 0) yield [dim('guards'), route.security.join(', ')];
  if (route.method !== 'WEBSOCKET')
    yield [dim('answers'), `${route.status} ${route.response ?? 'anything'}`];
}
