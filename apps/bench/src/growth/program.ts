import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { repository } from '../checkout.js';

/** Operations of a controller. */
const OPERATIONS = 10;

/** The program grows in these: operations of the application, fields of a DTO, dependencies that need each other. */
export interface Sizes {
  readonly operations: readonly number[];
  readonly fields: readonly number[];
  readonly chains: readonly number[];
}

/** Writes and builds a server whose argument is the port; `GROWTH_OPERATIONS` says how many operations it has. */
export function buildGrowthProgram(sizes: Sizes): string {
  const root = join(repository, '.cache', 'growth');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'src'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'growth', type: 'module' }));
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', composite: false, declarationMap: false },
      include: ['src'],
    }),
  );
  writeFileSync(join(root, 'src/main.ts'), source(sizes));
  const { resolve } = createRequire(join(repository, 'package.json'));
  const bin = (name: string, file: string): string =>
    join(dirname(resolve(`${name}/package.json`)), 'bin', file);
  for (const args of [
    [bin('typescript', 'tsc'), '-p', root],
    [bin('@vivace/compiler', 'vivace-types.js'), '--inject', 'dist'],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')}:\n${stdout}${stderr}`);
  }
  return join(root, 'dist/main.js');
}

function source({ operations, fields, chains }: Sizes): string {
  const parts = Array.from({ length: Math.max(...operations) / OPERATIONS }, (_, part) => part);
  const links = Array.from({ length: Math.max(...chains) }, (_, link) => link + 1);
  return `import { Controller, dependency, Depends, Get, Post, Vivace, type int } from 'vivace';

class Answer {
  count!: int;
}
class Row {
  sku!: string;
  quantity!: int;
  price!: number;
}
class Rows {
  rows!: Row[];
}
${fields.map(wide).join('\n')}
${parts.map(part).join('\n')}

const link0 = dependency(() => 0);
${links.map((link) => `const link${link} = dependency({ before: link${link - 1} }, ({ before }) => before + 1);`).join('\n')}

@Controller()
class Growing {
  @Get('/hello')
  hello(): Answer {
    return { count: 1 };
  }

  @Post('/rows')
  rows(sent: Rows): Answer {
    return { count: sent.rows.length };
  }
${fields.map((count) => `\n  @Post('/fields/${count}')\n  fields${count}(wide: Wide${count}): Wide${count} {\n    return wide;\n  }`).join('\n')}
${chains.map((count) => `\n  @Get('/chains/${count}')\n  chain${count}(@Depends(link${count}) count: number): Answer {\n    return { count };\n  }`).join('\n')}
}

const parts = [${parts.map((number) => `Part${number}`).join(', ')}];
const controllers = [Growing, ...parts.slice(0, Number(process.env.GROWTH_OPERATIONS) / ${OPERATIONS})];
const server = await new Vivace({ controllers, logger: false, docs: false }).listen({
  port: Number(process.argv[2]),
});
process.send?.({ url: server.url });
process.on('message', () =>
  process.send?.({ cpu: process.cpuUsage(), memory: process.memoryUsage.rss() }),
);
`;
}

const wide = (count: number): string => `class Wide${count} {
${Array.from({ length: count }, (_, field) => `  field${field}!: ${field % 2 === 0 ? 'string' : 'int'};`).join('\n')}
}`;

const part = (number: number): string => `@Controller('/part${number}')
class Part${number} {
${Array.from({ length: OPERATIONS }, (_, at) => `  @Get('/operation${at}/:id')\n  read${at}(id: int): Answer {\n    return { count: id };\n  }`).join('\n')}
}`;
