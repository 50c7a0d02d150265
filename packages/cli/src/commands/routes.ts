import type { Command } from 'commander';
import type { RouteInfo } from 'vivace';
import { findEntry } from '../project/entry';
import { loadApplication } from '../project/load';
import { projectAt } from '../project/project';
import { bold, cyan, dim, yellow } from '../terminal/style';
import { table } from '../terminal/table';

/** `vivace routes`. */
export function routesCommand(program: Command): Command {
  return program
    .command('routes')
    .description('list what the application answers')
    .argument('[entry]', 'file of the application, such as src/app.ts')
    .option('--json', 'as JSON, with everything that is known')
    .addHelpText('after', '\nExamples:\n  $ vivace routes\n  $ vivace routes --json | jq ".[].path"')
    .action(async (named: string | undefined, options: { json?: boolean }) => {
      const project = projectAt('.');
      const app = await loadApplication(project, findEntry(project, named));
      const routes = await app.routes();
      console.log(options.json ? JSON.stringify(routes, null, 2) : listing(routes));
    });
}

function listing(routes: readonly RouteInfo[]): string {
  if (routes.length === 0) return dim('The application answers nothing: its list of controllers is empty.');
  const header = ['METHOD', 'PATH', 'HANDLER', 'ANSWERS', 'GUARDS', 'SOURCE'].map((word) => dim(word));
  const rows = routes.map((route) => [
    bold(route.method),
    cyan(route.path) + (route.deprecated ? yellow(' deprecated') : route.hidden && route.method !== 'WEBSOCKET' ? dim(' hidden') : ''),
    route.handler,
    route.method === 'WEBSOCKET' ? '' : `${route.status} ${route.response ?? dim('any')}`,
    route.security.join(', '),
    dim(route.file === null ? '' : `${route.file}:${route.line ?? 1}`),
  ]);
  const shadows = shadowed(routes);
  const notes = shadows.length === 0 ? [] : ['', ...shadows.map((line) => yellow(line))];
  return [table([header, ...rows]), ...notes].join('\n');
}

/** A fixed path is preferred to one with a parameter; worth knowing where both are there. */
function shadowed(routes: readonly RouteInfo[]): string[] {
  return routes.flatMap((route) => {
    if (!/[:*]/.test(route.path)) return [];
    const pattern = new RegExp(`^${route.path.replace(/:[\w$]+(\([^)]*\))?/g, '[^/]+').replace(/\*[\w$]*$/, '.*')}$`);
    const fixed = routes.filter(
      (other) => other !== route && other.method === route.method && !/[:*]/.test(other.path) && pattern.test(other.path),
    );
    return fixed.map((other) => `${other.method} ${other.path} is answered by ${other.handler}, not by ${route.handler} (${route.path})`);
  });
}
