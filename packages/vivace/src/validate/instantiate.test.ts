import { copy, make, parse, type int } from 'vivace';
import { constructionOf } from './instantiate';

class Change {
  name?: string;
  email?: string;
}
class WithDefaults {
  name?: string;
  count: int = 3;
  tags: string[] = [];
}
class Inherited extends WithDefaults {
  more?: string;
}
class WithPrivate {
  name?: string;
  #calls = 0;
  called(): number {
    return (this.#calls += 1);
  }
}
class WithConstructor {
  name?: string;
  readonly made: string;
  constructor() {
    this.made = 'here';
  }
}
class WithClosure {
  name?: string;
  private readonly greeting = () => `I am ${this.name}`;
  greet(): string {
    return this.greeting();
  }
}
class Outer {
  change!: Change;
  changes: Change[] = [];
}
const kind = Symbol('kind');
class Symbolic {
  name?: string;
  readonly [kind] = 'Symbolic';
}

/** The names of all own properties, also of those without a value. */
function paths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.keys(value)
    .toSorted()
    .flatMap((name) => paths((value as Record<string, unknown>)[name], `${at}.${name}`));
}

describe('an instance that is made of input', () => {
  it.each([
    ['fields without initialisers', Change, {}, {}],
    ['one field that was sent', Change, { name: 'x' }, { name: 'x' }],
    ['defaults', WithDefaults, {}, { count: 3, tags: [] }],
    ['inherited fields', Inherited, { more: 'm' }, { count: 3, tags: [], more: 'm' }],
    ['private members', WithPrivate, {}, {}],
    ['a constructor', WithConstructor, {}, { made: 'here' }],
    ['nested ones', Outer, { change: {}, changes: [{}] }, { change: {}, changes: [{}] }],
  ] as const)('has only what was sent and what has a default: %s', (_, type, sent, own) => {
    const instance = parse(type as new () => object, sent);
    expect(instance).toEqual(own);
    expect(paths(instance)).toEqual(paths(own));
    expect(instance).toBeInstanceOf(type);
  });

  it('does not wipe what is stored when it is assigned to it', () => {
    const user = { name: 'ann', email: 'a@b.co' };
    expect(Object.assign(user, parse(Change, { name: 'eve' }))).toEqual({
      name: 'eve',
      email: 'a@b.co',
    });
  });

  it('has fresh defaults and working private members', () => {
    const [one, other] = [parse(WithDefaults, {}), parse(WithDefaults, {})];
    one.tags.push('x');
    expect(other.tags).toEqual([]);
    expect(parse(WithPrivate, { name: 'x' }).called()).toBe(1);
  });

  it('has closures that see it', () => {
    expect(parse(WithClosure, { name: 'Ann' }).greet()).toBe('I am Ann');
  });

  it('is made without its empty fields where its class allows it, not by removing them', () => {
    const isBare = (type: object) =>
      constructionOf(type as Parameters<typeof constructionOf>[0]).bare !== undefined;
    expect([Change, WithDefaults, Inherited].map(isBare)).toEqual([true, true, true]);
    expect([WithPrivate, WithConstructor, WithClosure].map(isBare)).toEqual([false, false, false]);
  });

  it('is the same from make() and copy()', () => {
    expect(Object.keys(make(Change, { name: 'x' }))).toEqual(['name']);
    expect(Object.keys(copy(parse(Change, {}), { email: 'a@b.co' }))).toEqual(['email']);
  });

  it('keeps what an initialiser gives under a symbol', () => {
    expect(parse(Symbolic, {})[kind]).toBe('Symbolic');
  });
});
