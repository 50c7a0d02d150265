import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, SECTIONS } from './suite.js';
import { SHORT, Target, type Kind } from './target.js';

const built = join(__dirname, '../dist');
const targets = new Map<Kind, Promise<Target>>();

/** The server that is attacked: a new one where the last attack has ended it. */
async function targetOf(kind: Kind): Promise<Target> {
  const known = await targets.get(kind);
  if (known?.alive === true) return known;
  const started = Target.start(kind, SHORT, built);
  targets.set(kind, started);
  return started;
}

afterAll(async () => {
  for (const target of targets.values()) await (await target).stop();
});

it('leaves no files behind, however it ends', async () => {
  const target = await targetOf('vivace');
  expect(existsSync(join(target.files, 'files', 'plain.txt'))).toBe(true);
  await target.stop();
  expect(existsSync(target.files)).toBe(false);
});

describe.each(SECTIONS)('$name', ({ cases }) => {
  it.each(cases.map((one) => [`${one.id} ${one.attack}: ${one.must}`, one] as const))(
    '%s',
    async (_, one) => {
      const target = await targetOf(one.at ?? 'vivace');
      try {
        await attempt(one, target);
      } catch (error) {
        // What the next case meets should not be what this one has left.
        await target.stop();
        throw error;
      }
    },
  );
});
