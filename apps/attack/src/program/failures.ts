import { setTimeout as sleep } from 'node:timers/promises';
import {
  BackgroundTasks,
  Body,
  Controller,
  Depends,
  FieldValidator,
  Get,
  HTTPException,
  Post,
  Request,
  Security,
  dependency,
  type int,
} from 'vivace';
import { APIKeyHeader } from 'vivace/security';
import { session, trace } from './held.js';

type Held = { number: number };

const THROWN: Record<string, () => unknown> = {
  text: () => 'the secret text',
  null: () => null,
  undefined: () => undefined,
  error: () => new Error('the secret of postgres://user:secret@db'),
};

/** Opens a session to look up who sent the key. */
const visitor = dependency(
  { key: new APIKeyHeader({ key: 'x-key' }), held: session },
  ({ key }: { key: string }) => {
    if (key !== 'good') throw new HTTPException(401, 'Not with this key');
    return key;
  },
);

class Checked {
  name!: string;

  @FieldValidator('name')
  static known(name: string): string {
    if (name === 'bug') throw new TypeError('the secret of the validator');
    return name;
  }
}

/** Reads the body by a form, and holds nothing. */
@Controller('/slow-bodies')
export class SlowBodies {
  @Post('/form')
  async form(request: Request): Promise<int> {
    return (await request.form()).size;
  }

  @Post('/stream')
  async stream(request: Request): Promise<int> {
    let size = 0;
    for await (const chunk of request.stream()) size += (chunk as Buffer).length;
    return size;
  }

  @Post('/json')
  json(item: { n: int }): int {
    return item.n;
  }
}

@Controller('/failures')
export class Failures {
  constructor(@Depends(session) private readonly session: Held) {}

  @Get('/throws/:what')
  throws(what: string): never {
    throw THROWN[what]?.();
  }

  @Get('/circular')
  circular(): unknown {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    return circle;
  }

  @Get('/detached')
  detached(): string {
    void Promise.reject(new Error('nobody waits for this'));
    return 'done';
  }

  @Get('/background')
  background(tasks: BackgroundTasks): string {
    tasks.add(() => {
      throw new Error('a task that fails');
    });
    return 'done';
  }

  /** Until the client leaves, or time is up. */
  @Get('/slow')
  async slow(signal: AbortSignal, @Depends(trace) _trace: string): Promise<string> {
    await sleep(30_000, undefined, { signal });
    return `slow ${this.session.number}`;
  }

  @Post('/check')
  check(checked: Checked): string {
    return checked.name;
  }

  /** What the guard needs is opened before the body is read. */
  @Post('/guarded')
  guarded(@Security(visitor) who: string, item: { n: int }): string {
    return `${who} ${item.n} ${this.session.number}`;
  }

  /** What only the handler needs is not. */
  @Post('/late')
  late(@Body({ embed: true }) n: int, @Depends(session) held: Held): int {
    return held.number > 0 ? n : 0;
  }
}
