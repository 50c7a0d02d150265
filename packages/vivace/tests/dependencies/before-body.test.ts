import {
  Controller,
  dependency,
  Get,
  HTTPException,
  Post,
  Vivace,
  type Dependency,
  type int,
} from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { beforeBody, settle, succeeded } from 'vivace/extend';
import { testClient, type TestClient } from 'vivace/testing';

/** What happened, in order. */
let happened: string[];
/** What fails. */
let failing: string | undefined;
beforeEach(() => {
  happened = [];
  failing = undefined;
});

function note(what: string): void {
  happened.push(what);
  if (what === failing) throw new HTTPException(503, what);
}

class Held {
  constructor(readonly name: string) {}
  [beforeBody](): void {
    note(`let go of ${this.name}`);
  }
  [settle](): void {
    note(`settle ${this.name}`);
  }
  [succeeded](): void {
    note(`succeeded ${this.name}`);
  }
}
class Sized {
  size!: int;
}
const key = new APIKeyHeader({ key: 'x-key' });
const HEADERS = { 'x-key': 'good' };
const held = (name: string): Dependency<Held> =>
  dependency({ key }, async function* () {
    try {
      yield new Held(name);
      note(`close ${name}`);
    } catch (error) {
      note(`take back ${name}`);
      throw error;
    }
  });
const guards = [held('first'), held('second')];
const late = held('late');

@Controller()
class Routes {
  @Post('/', { dependencies: guards })
  add(sized: Sized): int {
    note('handler');
    return sized.size;
  }
  @Get('/', { dependencies: guards })
  read(): void {
    note('handler');
  }
}

const steps = (names: readonly string[], ...what: readonly string[]): string[] =>
  what.flatMap((one) => names.map((name) => `${one} ${name}`));
const BACKWARDS = ['second', 'first'];

describe('what guards have opened', () => {
  let http: TestClient;
  const app = new Vivace({ controllers: [Routes], logger: false });
  beforeAll(async () => {
    http = await testClient(app);
  });
  afterAll(() => http.close());

  it('is let go of before the body is read, and goes on after it', async () => {
    expect((await http.post('/', { json: { size: 5 }, headers: HEADERS })).json()).toBe(5);
    expect(happened).toEqual([
      ...steps(BACKWARDS, 'let go of', 'succeeded'),
      'handler',
      ...steps(BACKWARDS, 'settle', 'close', 'succeeded'),
    ]);
  });

  it('is let go of once, also for a body that does not fit', async () => {
    expect((await http.post('/', { json: {}, headers: HEADERS })).status).toBe(422);
    expect(happened).toEqual(steps(BACKWARDS, 'let go of', 'succeeded', 'take back'));
  });

  it('is not let go of where there is no body', async () => {
    await http.get('/', { headers: HEADERS });
    expect(happened).toEqual(['handler', ...steps(BACKWARDS, 'settle', 'close', 'succeeded')]);
  });

  it('fails as a guard does where it cannot be let go of', async () => {
    failing = 'let go of second';
    expect((await http.post('/', { json: { size: 5 }, headers: HEADERS })).status).toBe(503);
    expect(happened).toEqual(['let go of second', ...steps(BACKWARDS, 'take back')]);
  });

  it('goes on where what follows success fails', async () => {
    failing = 'succeeded second';
    expect((await http.post('/', { json: { size: 5 }, headers: HEADERS })).json()).toBe(5);
  });
});

describe('what guards around others have opened', () => {
  const foreign = new Vivace({ dependencies: [late], logger: false })
    .mount('/fetch', async (request: Request) => {
      note('handler');
      return new Response(await request.text());
    })
    .plugin((fastify) =>
      fastify.post('/plain', async () => {
        note('handler');
        return 'done';
      }),
    );

  it.each(['/fetch', '/plain'])('is let go of before %s', async (path) => {
    await using http = await testClient(foreign);
    expect((await http.post(path, { json: { size: 5 }, headers: HEADERS })).status).toBe(200);
    expect(happened.slice(0, 3)).toEqual(['let go of late', 'succeeded late', 'handler']);
  });
});
