import {
  Controller,
  Depends,
  Get,
  Injectable,
  Vivace,
  dependency,
  type Provided,
  type Server,
} from 'vivace';
import { override, testClient } from 'vivace/testing';
import { call, listening } from './http';

const trail: string[] = [];
beforeEach(() => void (trail.length = 0));

const pool = dependency(
  async function* () {
    trail.push('pool opens');
    yield { name: 'pool', queries: 0 };
    trail.push('pool closes');
  },
  { lifetime: 'singleton' },
);
type Pool = Provided<typeof pool>;

@Injectable({ lifetime: 'singleton' })
class Cache implements AsyncDisposable {
  constructor(@Depends(pool) readonly source: Pool) {
    trail.push('cache opens');
  }
  async [Symbol.asyncDispose](): Promise<void> {
    trail.push('cache closes');
  }
}
const state = dependency(
  { pool, cache: Cache },
  async function* ({ pool: opened, cache }) {
    trail.push('lifespan begins');
    yield { pool: opened, cache, started: new Date(0) };
    trail.push('lifespan ends');
  },
  { lifetime: 'singleton' },
);

@Controller()
class Home {
  @Get('/')
  read(@Depends(pool) opened: Pool): number {
    trail.push('request');
    opened.queries += 1;
    return opened.queries;
  }
}

describe('the lifespan', () => {
  it('begins before the first request and ends after the last, with what it needs around it', async () => {
    const server = await listening(new Vivace({ controllers: [Home], lifespan: state }));
    expect((await call(server, '/')).json).toBe(1);
    await server.close();
    expect(trail).toEqual([
      'pool opens',
      'cache opens',
      'lifespan begins',
      'request',
      'lifespan ends',
      'cache closes',
      'pool closes',
    ]);
  });

  it('yields the state of the server, which has its type', async () => {
    await using server = await new Vivace({ controllers: [Home], lifespan: state }).build();
    const started: Date = server.state.started;
    expect([started.getTime(), server.state.cache.source === server.state.pool]).toEqual([0, true]);
  });

  it('is one of each server that is built: no state is shared', async () => {
    const app = new Vivace({ controllers: [Home], lifespan: state });
    await using one = await testClient(app);
    await using other = await testClient(app);
    await one.get('/');
    expect([(await one.get('/')).json(), (await other.get('/')).json()]).toEqual([2, 1]);
  });

  it('may be a plain generator, synchronous or not', async () => {
    const app = new Vivace({
      *lifespan() {
        trail.push('begins');
        yield 42;
        trail.push('ends');
      },
    });
    const server: Server<number> = await app.build();
    expect(server.state).toBe(42);
    await server.close();
    expect(trail).toEqual(['begins', 'ends']);
  });

  it('can be overridden, or what it needs', async () => {
    const app = new Vivace({ controllers: [Home], lifespan: state });
    await using client = await testClient(app, {
      overrides: [override(pool, () => ({ name: 'fake', queries: 10 }))],
    });
    expect([client.server.state.pool.name, (await client.get('/')).json()]).toEqual(['fake', 11]);
  });

  it('that fails to begin lets nothing start, and closes what was opened, the last first', async () => {
    const failing = dependency(
      { cache: Cache },
      () => {
        throw new Error('no model');
      },
      { lifetime: 'singleton' },
    );
    await expect(
      new Vivace({ controllers: [Home], lifespan: failing }).listen({ port: 0 }),
    ).rejects.toThrow('no model');
    expect(trail).toEqual(['pool opens', 'cache opens', 'cache closes', 'pool closes']);
  });

  it('that fails to end does not keep the others from ending, and the error is told', async () => {
    const failing = dependency(
      { pool },
      function* () {
        yield null;
        throw new Error('not flushed');
      },
      { lifetime: 'singleton' },
    );
    const server = await new Vivace({ controllers: [Home], lifespan: failing }).build();
    await expect(server.close()).rejects.toThrow('not flushed');
    expect(trail).toEqual(['pool opens', 'pool closes']);
  });

  it('ends once, however often the server is closed', async () => {
    const server = await new Vivace({ lifespan: pool }).build();
    await Promise.all([server.close(), server.close()]);
    await server.close();
    expect(trail).toEqual(['pool opens', 'pool closes']);
  });

  it('of a mounted application runs inside that of the one around it', async () => {
    const inner = new Vivace({
      *lifespan() {
        trail.push('inner begins');
        yield null;
        trail.push('inner ends');
      },
    });
    const server = await new Vivace({ lifespan: pool }).mount('/inner', inner).build();
    await server.close();
    expect(trail).toEqual(['pool opens', 'inner begins', 'inner ends', 'pool closes']);
  });

  it('is not needed for a singleton of one controller: that opens and closes by itself', async () => {
    const server = await new Vivace({ controllers: [Home] }).build();
    await server.close();
    expect(trail).toEqual(['pool opens', 'pool closes']);
  });
});
