import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vivace, type int, type Secret } from 'vivace';
import { database } from '@vivace/sql';
import { Cron, Job, queue, type QueueOptions } from '@vivace/queue';
import { QUEUE_BOOT_ERRORS } from '../src/boot-error';

const page = readFileSync(join(__dirname, '../../../docs/queue-errors.md'), 'utf8');

describe('the table of boot errors', () => {
  it('is the page of the documentation', () => {
    const sections = [...page.matchAll(/^## `([A-Z_]+)`\n\n(.+)\n\n```text\n\[\1\] /gm)];
    expect(Object.fromEntries(sections.map(([, code, what]) => [code, what]))).toEqual(
      QUEUE_BOOT_ERRORS,
    );
  });

  it('has every code that the sources throw, and no other', () => {
    const root = join(__dirname, '../src');
    const thrown = globSync('**/*.ts', { cwd: root }).flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /(?:QueueBootError\(|refused\(\s*definition,)\s*'([A-Z_]+)'/g,
        ),
      ].map(([, code]) => code!),
    );
    expect(new Set(thrown)).toEqual(new Set(Object.keys(QUEUE_BOOT_ERRORS)));
  });
});

class Views {
  views!: bigint;
}
@Job()
class Fine {
  run(): void {}
}
@Job({ name: 'Fine' })
class Twin {
  run(): void {}
}
@Job({ name: 'send invoice' })
class Spaced {
  run(): void {}
}
@Job({ timeout: 0 })
class Hurried {
  run(): void {}
}
@Job()
class Count {
  run({ views }: Views): bigint {
    return views;
  }
}
@Job()
class CountAll {
  run({ pages }: { pages: { at: int; views: [Views?] }[] }): number {
    return pages.length;
  }
}
@Job()
class Sum {
  run(counts: (bigint | null)[]): number {
    return counts.length;
  }
}
@Job()
class Tally {
  async run(): Promise<{ all: bigint } | null> {
    return null;
  }
}
@Job()
class Sign {
  run({ key }: { key: Secret<string> }): string {
    return key.reveal();
  }
}
@Cron('0 3 * *')
class FourFields {
  run(): void {}
}
@Cron('0 3 31 2 *')
class Never {
  run(): void {}
}
@Cron('0 3 * * *', { timeZone: 'Europe/Atlantis' })
class Nowhere {
  run(): void {}
}
@Cron('0 3 * * *')
class Paid {
  run(amount: int): int {
    return amount;
  }
}

describe('a job that cannot work', () => {
  const refusals: readonly [code: string, jobs: QueueOptions['jobs'], seen: string][] = [
    ['JOB_TWICE', [Fine, Twin], "class Twin: Fine has the name 'Fine' too"],
    ['JOB_NAME', [Spaced], "class Spaced: 'send invoice' is not made of letters"],
    ['JOB_OPTION', [Hurried], 'class Hurried: timeout is 0, and has to be'],
    ['JOB_PAYLOAD', [Count], "class Count: 'views' of its payload is a bigint"],
    ['JOB_PAYLOAD', [CountAll], "class CountAll: 'Views.views' of its payload is a bigint"],
    ['JOB_PAYLOAD', [Sum], "class Sum: 'it' of its payload is a bigint"],
    ['JOB_RESULT', [Tally], "class Tally: 'all' of its result is a bigint"],
    ['ONE_WAY_TYPE', [Sign], 'key'],
    ['CRON_INVALID', [FourFields], "class FourFields: '0 3 * *' has not five fields"],
    ['CRON_INVALID', [Never], "class Never: '0 3 31 2 *' in 'UTC' is no time"],
    ['CRON_INVALID', [Nowhere], "class Nowhere: '0 3 * * *' in 'Europe/Atlantis' is no time"],
    ['CRON_INVALID', [Paid], 'class Paid: The clock gives no payload'],
  ];

  it.each(refusals)('is refused before anything is opened: %s', async (code, jobs, seen) => {
    const app = new Vivace({ extensions: [database({ entities: [] }), queue({ jobs })] });
    await expect(app.build()).rejects.toMatchObject({
      name: 'BootError',
      code,
      message: expect.stringContaining(`[${code}] ${seen}`) as string,
    });
  });

  it('is refused where its class extends one', async () => {
    class Finer extends Fine {}
    const app = new Vivace({ extensions: [database({ entities: [] }), queue({ jobs: [Finer] })] });
    await expect(app.build()).rejects.toMatchObject({ code: 'JOB_MISSING' });
  });
});

it('a dashboard without a guard is refused', () => {
  expect(() => queue({ jobs: [Fine], dashboard: {} as never })).toThrow('[DASHBOARD_OPEN]');
});
