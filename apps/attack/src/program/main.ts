import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerCensus, Log } from '../census.js';
import type { Timeouts } from '../target.js';
import { attacked, guarded } from './app.js';
import { KEY } from '../key.js';
import { closed, opened } from './held.js';
import { found } from './others.js';

const [which, given = '{}', folder = '.'] = process.argv.slice(2);
const files = join(folder, 'files');
mkdirSync(join(files, 'folder'), { recursive: true });
writeFileSync(join(folder, 'outside.txt'), 'the secret outside');
writeFileSync(join(files, 'plain.txt'), 'plain '.repeat(1000));
writeFileSync(join(files, 'page.html'), '<title>page</title>');
writeFileSync(join(files, '.env'), 'SECRET=the secret of .env');
writeFileSync(join(files, 'folder', 'inside.txt'), 'inside');
symlinkSync(join(folder, 'outside.txt'), join(files, 'linked.txt'));

const timeouts = JSON.parse(given) as Partial<Timeouts>;
const log = new Log();
const application = which === 'guarded' ? guarded : attacked;
const server = await application(files, {
  logger: log.options,
  timeouts,
  webSockets: { heartbeat: timeouts.stall ?? 30 },
  uploads: { directory: folder },
}).listen({ port: 0, env: { ATTACK_JWT_KEY: KEY } });
answerCensus(server.url!, () => ({ opened, closed, found }), log);
