import { repository } from '../checkout.js';
import { buildGeneratedProgram } from '../generated-program.js';

/** Operations of a controller. */
const OPERATIONS = 10;

/** The program grows in these: operations of the application, fields of a DTO, dependencies that need each other. */
export interface Sizes {
  readonly operations: readonly number[];
  readonly fields: readonly number[];
  readonly chains: readonly number[];
}

/** Writes and builds a server whose argument is the port; `GROWTH_OPERATIONS` says how many operations it has. */
export const buildGrowthProgram = (sizes: Sizes): string =>
  buildGeneratedProgram(repository, 'growth', { 'main.ts': source(sizes) });

function source({ operations, fields, chains }: Sizes): string {
  const parts = Array.from({ length: Math.max(...operations) / OPERATIONS }, (_, part) => part);
  const links = Array.from({ length: Math.max(...chains) }, (_, link) => link + 1);
  return `import { Controller, dependency, Depends, Get, Post, Rooms, Vivace, WebSocket, WebSocketRoute, type int } from 'vivace';
import { EventSourceResponse } from 'vivace/responses';

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

let tick = Promise.withResolvers<void>();

@Controller()
class Growing {
  @Get('/hello')
  hello(): Answer {
    return { count: 1 };
  }

  @Get('/ticks', { responseClass: EventSourceResponse })
  async *ticks(): AsyncIterable<Answer> {
    for (let count = 0; ; count++) {
      yield { count };
      await tick.promise;
    }
  }

  @Post('/tick')
  tick(): Answer {
    tick.resolve();
    tick = Promise.withResolvers<void>();
    return { count: 1 };
  }

  @WebSocketRoute('/room')
  async room(socket: WebSocket, rooms: Rooms): Promise<void> {
    await socket.accept();
    await rooms.join('all', socket);
    for await (const text of socket.messages()) await rooms.broadcast('all', text);
  }

  @Post('/say')
  async say(rooms: Rooms): Promise<Answer> {
    await rooms.broadcast('all', 'a message of some forty letters, for all.');
    return { count: rooms.size('all') };
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
