import { Vivace } from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { queue } from '@vivace/queue';
import { database } from '@vivace/sql';

// Its pages are ES modules, which Node loads as they are.
const guard = new APIKeyHeader({ key: 'x-key' });
const server = await new Vivace({
  extensions: [database({ entities: [] }), queue({ jobs: [], dashboard: { guard } })],
}).listen({ port: 0 });
process.send?.(server.url);
