import { extractTypes } from '../src/types/extract';
import type { ClassDefinition } from '../src/types/type-data';
import { TestProject } from './project';

/** Types that schemas of three libraries give, and types that mention them. */
const source = `
import { z } from 'zod';
import type { infer as Infer } from 'zod';
import type { InferOutput } from 'valibot';
import * as v from 'valibot';
import { type } from 'arktype';
const item = z.object({ name: z.string().min(2) });
const order = v.object({ count: v.pipe(v.number(), v.minValue(1)) });
const user = type({ name: 'string >= 2' });
type Item = z.infer<typeof item>;
type Items = Item[];
type Named = { item: Item; plain: string };
interface More extends Item { more: string }
type Chosen<T> = { chosen: T };
class Plain { name!: string }
enum Color { Red }
export class Made {
  a!: z.infer<typeof item>; b!: Infer<typeof item>; c!: z.output<typeof item>; d!: InferOutput<typeof order>;
  e!: v.InferOutput<typeof order>; f!: typeof user.infer; g!: Item; h!: Items; i!: Item | null; j!: Item[];
  k!: Partial<Item>; l!: Omit<z.infer<typeof item>, 'name'>; m!: Item & { more: string }; n!: Record<string, Item>;
  o!: More; p!: Item['name']; q!: Promise<Item>; r!: [Item, number]; s!: Map<string, Item>; t!: { inner: Item }; u!: readonly Item[];
  v?: Item; w!: Chosen<Item>; x!: Named;
}
export class Others {
  a!: Plain; b!: Plain[]; c!: string; d!: Color; e!: Partial<Plain>; f!: Chosen<Plain>; g!: Date; h!: Record<string, Plain>;
  i!: typeof text; j!: Uppercase<'a'> | Plain; k = item.parse({ name: 'ab' }).name;
}
const text = 'a';
`;

describe('a written type', () => {
  using project = new TestProject({ 'src/main.ts': source });
  const { sideCar } = extractTypes(project.root);
  const texts = (name: string) =>
    Object.entries((sideCar.defs[`shop/src/main.ts#${name}`] as ClassDefinition).props).map(
      ([key, member]) => [key, JSON.stringify([member.t, definitionsIn(member.t)])] as const,
    );
  const definitionsIn = (data: unknown): unknown[] =>
    [...JSON.stringify(data).matchAll(/"ref":"([^"]+)"/g)].map(([, id]) => sideCar.defs[id!]);

  it.each(texts('Made'))('that is made of a schema says so: %s', (_, text) => {
    expect(text).toContain('"schema":true');
  });

  it.each(texts('Others'))('that is not made of one does not: %s', (_, text) => {
    expect(text).not.toContain('"schema":true');
  });
});
