import { dependency, HTTPException, Vivace, type VivaceOptions } from 'vivace';
import { cors } from 'vivace/middleware';
import { APIKeyHeader } from 'vivace/security';
import { Failures, SlowBodies } from './failures.js';
import { Forms } from './forms.js';
import { Bodies, Items, ValuesController } from './items.js';
import { Members, Visits } from './members.js';
import { Contexts, Ways, admin, decoded, guardByPath, inContext, legacy } from './others.js';
import { Sockets } from './sockets.js';
import { Streams } from './streams.js';

/** An application with every kind of route; `files` is a folder. */
export function attacked(files: string, options: VivaceOptions): Vivace {
  return new Vivace({
    title: 'Attacked <script>alert(1)</script>',
    controllers: [
      Items,
      ValuesController,
      Bodies,
      Forms,
      Members,
      Visits,
      Streams,
      Sockets,
      Failures,
      SlowBodies,
      Contexts,
      Ways,
    ],
    middleware: [cors({ origins: ['https://shop.example'], credentials: true }), inContext],
    ...options,
  })
    .use(guardByPath)
    .static('/static', files)
    .mount('/admin', admin)
    .mount('/decoded', { fetch: decoded })
    .mount('/legacy', legacy);
}

const guard = dependency({ key: new APIKeyHeader({ key: 'x-key' }) }, ({ key }) => {
  if (key !== 'ann') throw new HTTPException(401, 'Not with this key');
});

/** An application of which everything stands behind a guard. */
export function guarded(files: string, options: VivaceOptions): Vivace {
  return new Vivace({ ...options, dependencies: [guard] })
    .static('/static', files)
    .mount('/legacy', legacy)
    .mount('/fetched', { fetch: () => new Response('for those with the key') })
    .mount('/admin', new Vivace({ docs: false, health: false }));
}
