import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependency, Vivace, type int } from 'vivace';
import type { Extension } from 'vivace/extend';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { Consumer, Event, Events, events, On, type Broker } from '@vivace/events';
import { EVENTS_BOOT_ERRORS } from '../src/boot-error';
import { checkEvents } from '../src/consume/checks';
import { factsOfEvent } from '../src/event/event';
import { checkTopics } from '../src/broker/topics';
import { groupsOf } from '../src/consume/definition';

const page = readFileSync(join(__dirname, '../../../docs/events-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      EVENTS_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const thrown = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/EventsBootError\(\s*'([A-Z_]+)'/g)].map(
        ([, code]) => code!,
      ),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(EVENTS_BOOT_ERRORS)));
  });
});

@Event('orders', { key: (event) => String(event.id) })
class Placed {
  id!: int;
}
class Plain {
  id!: int;
}

@Consumer({ group: 'one' })
class One {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'one' })
class Same {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'with space' })
class Spaced {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'two', concurrency: 0 })
class Idle {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'three' })
class Hurried {
  @On(Placed, { timeout: 0 })
  placed({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'four' })
class Double {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
  @On(Placed)
  again({ id }: Placed): int {
    return id;
  }
}
@Consumer({ group: 'five' })
class Wrong {
  @On(Placed)
  placed({ id }: Plain): int {
    return id;
  }
}
@Consumer({ group: 'six' })
class OfNothing {
  @On(Plain)
  plain({ id }: Plain): int {
    return id;
  }
}
@Event('..', { key: (event) => String(event.id) })
class Above {
  id!: int;
}
@Consumer({ group: 'seven' })
class OfAbove {
  @On(Above)
  placed({ id }: Above): int {
    return id;
  }
}
@Event('orders.late', { key: (event) => String(event.id) })
class Late {
  id!: int;
}
@Consumer({ group: 'eight' })
class OfLate {
  @On(Late)
  late({ id }: Late): int {
    return id;
  }
}
@Consumer({ group: 'late.eight' })
class LateEight {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}
class Unmarked {
  @On(Placed)
  placed({ id }: Placed): int {
    return id;
  }
}

const built = (...extensions: Extension[]): Promise<unknown> => new Vivace({ extensions }).build();
const tables = database({ entities: [] });
const db = testDatabase(tables);

describe('a consumer that cannot work', () => {
  const refusals: readonly [
    code: string,
    consumers: Parameters<typeof groupsOf>[0],
    seen: string,
  ][] = [
    ['GROUP_TWICE', [One, Same], "class Same: One has the group 'one' too"],
    ['EVENT_NAME', [Spaced], "class Spaced: The group 'with space' is not made of letters"],
    ['EVENT_NAME', [OfAbove], "class Above: The topic '..' is not made of letters"],
    [
      'EVENT_NAME',
      [OfLate, LateEight],
      "class LateEight: Dead letters of the group 'late.eight' would go to 'orders.late.eight.dead'",
    ],
    ['EVENT_OPTION', [Idle], 'class Idle: concurrency is 0, and has to be a whole number from 1'],
    ['EVENT_OPTION', [Hurried], 'Hurried.placed: timeout is 0, and has to be a number from'],
    ['HANDLER_TWICE', [Double], 'Double.again: Double.placed handles Placed too'],
    ['HANDLER_PARAMETER', [Wrong], 'Wrong.placed: It handles Placed, and its first parameter'],
    ['EVENT_MISSING', [OfNothing], 'OfNothing.plain: The class Plain is no event'],
    ['CONSUMER_MISSING', [Unmarked], 'events({ consumers }): The class Unmarked is no consumer'],
  ];

  it.each(refusals)('is refused before anything is opened: %s', async (code, consumers, seen) => {
    await expect(built(tables, events({ consumers }))).rejects.toMatchObject({
      name: 'BootError',
      code,
      message: expect.stringContaining(`[${code}] ${seen}`),
    });
  });
});

describe('events', () => {
  it('need a database', async () => {
    await expect(built(events({ consumers: [One] }))).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
    });
  });

  it('are refused where there is no session', async () => {
    const early = dependency({ events: Events }, () => 'early', {
      lifetime: 'singleton',
      name: 'early',
    });
    await expect(built(tables, events(), { name: 'early', singletons: [early] })).rejects.toThrow(
      /early \(singleton\) → publishing \(request\)[^]*app\.run/,
    );
  });

  it('are told apart by topic and name, and come back as they were', () => {
    @Event('twins', { key: () => 'k', name: 'Twin' })
    class A {
      id!: int;
    }
    @Event('twins', { key: () => 'k', name: 'Twin' })
    class B {
      id!: int;
    }
    @Event('large', { key: () => 'k' })
    class Large {
      views!: bigint;
    }
    @Event('larger', { key: () => 'k' })
    class Larger {
      all!: { readonly of: Map<string, Large> };
    }
    const checked =
      (...types: (typeof A | typeof Large | typeof Larger)[]) =>
      () =>
        checkEvents(types.map((type) => factsOfEvent(type)!));
    expect(checked(A, B)).toThrow(
      "[EVENT_TWICE] class B: A of the topic 'twins' has the name 'Twin' too",
    );
    expect(checked(Large)).toThrow("[EVENT_FIELD] class Large: 'views' is a bigint");
    expect(checked(Larger)).toThrow("[EVENT_FIELD] class Larger: 'Large.views' is a bigint");
  });

  it('need the tables of this package in production', async () => {
    await using fresh = await db.fresh();
    const app = new Vivace({ extensions: [tables, events()] });
    await expect(
      app.build({ overrides: [fresh.override], env: { NODE_ENV: 'production' } }),
    ).rejects.toMatchObject({ code: 'EVENT_TABLES' });
  });
});

describe('a broker', () => {
  const groups = [
    { group: 'one', topics: ['orders'], handlers: [], type: One, from: 'earliest', concurrency: 8 },
  ] as const;
  const broker = (answers: Partial<Broker>): Broker =>
    ({
      name: 'Some',
      missing: async () => [],
      limits: async (topics) =>
        topics.map((topic) => ({ topic, days: topic.endsWith('.dead') ? 40 : 7, bytes: 1000 })),
      maxMessage: 1000,
      ...answers,
    }) as Broker;

  it('has all topics', async () => {
    const bare = broker({ missing: async (topics) => topics });
    await expect(checkTopics(bare, groups, 30, 'boot')).rejects.toThrow(
      /\[TOPIC_MISSING\].*Some has no topic.*'orders', .*'orders\.one\.dead'/,
    );
  });

  it('forgets events before it is forgotten that they were handled', async () => {
    await checkTopics(broker({}), groups, 7, 'boot');
    await expect(checkTopics(broker({}), groups, 6, 'boot')).rejects.toMatchObject({
      code: 'MARKS_TOO_SHORT',
    });
  });

  it('takes every event that may be published', async () => {
    const large = broker({ maxMessage: 1001 });
    await expect(checkTopics(large, groups, 30, 'boot')).rejects.toThrow(
      /\[MESSAGE_LIMIT\].*The topic '[^']+' takes events of 1000 bytes at most.*\n.*maxMessage: 1000 /,
    );
  });

  it('that does not answer at boot is no mistake of the program', async () => {
    const down = broker({ missing: () => Promise.reject(new Error('down')) });
    await checkTopics(down, groups, 30, 'boot');
    await expect(checkTopics(down, groups, 30, 'work')).rejects.toThrow('down');
  });
});
