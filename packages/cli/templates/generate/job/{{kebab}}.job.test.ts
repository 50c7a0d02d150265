import type { Attempt } from '@vivace/queue';
import { {{pascal}} } from './{{kebab}}.job.js';

it('{{kebab}} says what it did', async () => {
  const attempt = { number: 1 } as Attempt;
  expect(await new {{pascal}}().run({ id: 7 }, attempt)).toEqual({ id: 7, tries: 1 });
});
