import { holds, type Case, type Section } from './case.js';
import { faultsA } from './cases/faults-a.js';
import { faultsE } from './cases/faults-e.js';
import { faultsH } from './cases/faults-h.js';
import { staticFiles } from './cases/files.js';
import { forms } from './cases/forms.js';
import { http } from './cases/http.js';
import { jsonBodies } from './cases/json-bodies.js';
import { parameters } from './cases/parameters.js';
import { sockets } from './cases/sockets.js';
import { streams } from './cases/streams.js';
import { tokens } from './cases/tokens.js';
import { visitors } from './cases/visitors.js';
import type { Target } from './target.js';

export const SECTIONS: readonly Section[] = [
  http,
  parameters,
  jsonBodies,
  forms,
  tokens,
  visitors,
  staticFiles,
  sockets,
  streams,
  faultsA,
  faultsE,
  faultsH,
];

/** Tries one case, and that the server is well afterwards. */
export async function attempt(one: Case, target: Target): Promise<void> {
  await one.run(target);
  holds(target.alive, 'the process has ended');
  const ordinary = await target.ask(target.kind === 'guarded' ? '/livez' : '/items/1');
  holds(ordinary.status === 200, `afterwards an ordinary request is answered ${ordinary.status}`);
  const { polluted } = await target.census();
  holds(!polluted, 'all objects have got a property');
}
