import {
  Body,
  Controller,
  Depends,
  HTTPException,
  Injectable,
  Post,
  Vivace,
  dependency,
  int,
  type Provided,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';

/** The points of a request at which a program runs, in their order; the body arrives after `guard`. */
export const POINTS = ['guard', 'dependency', 'cleanup', 'constructor', 'handler'] as const;
export type Point = (typeof POINTS)[number];

/** What one way of a request met: which sessions opened and closed, and the point at which it waits or fails. */
export class Way {
  readonly trail: string[] = [];
  #fails: Point | undefined;
  #waits: { point: Point; reached: () => void; go: Promise<void> } | undefined;

  /** The error that is thrown at a point. */
  failsAt(point: Point): void {
    this.#fails = point;
  }

  /** Lets requests wait at a point; gives when one is there, and what lets it go on. */
  waitsAt(point: Point): { readonly there: Promise<void>; readonly goOn: () => void } {
    const there = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    this.#waits = { point, reached: there.resolve, go: go.promise };
    return { there: there.promise, goOn: go.resolve };
  }

  /** A request is at a point. */
  async at(point: Point): Promise<void> {
    if (this.#fails === point) throw new Error(`fails at ${point}`);
    if (this.#waits?.point !== point) return;
    this.#waits.reached();
    await this.#waits.go;
  }

  get opened(): readonly string[] {
    return this.trail.filter((entry) => entry.startsWith('+')).map((entry) => entry.slice(1));
  }
  /** What has opened and not closed. */
  get open(): readonly string[] {
    const closed = new Set(
      this.trail.filter((entry) => entry.startsWith('-')).map((e) => e.slice(1)),
    );
    return this.opened.filter((name) => !closed.has(name));
  }
}

/** An application with a session for each stage of a request, named after who needs it. */
export function application(
  way: Way,
  options: ConstructorParameters<typeof Vivace>[0] = {},
): Vivace {
  const session = (name: string, scope?: 'request', opening = async (): Promise<void> => {}) =>
    dependency(
      async function* () {
        way.trail.push(`+${name}`);
        try {
          // What fails while it opens has been opened, and closes itself.
          await opening();
          yield name;
        } finally {
          way.trail.push(`-${name}`);
        }
      },
      { name, ...(scope !== undefined && { scope }) },
    );
  const ofGuard = session('guard');
  const ofDependency = session('dependency');
  const ofController = session('controller');
  const ofHandler = session('handler', 'request', () => way.at('cleanup'));
  const bearer = new HTTPBearer();

  const user = dependency({ ofGuard, bearer }, async ({ bearer: { credentials } }) => {
    await way.at('guard');
    if (credentials === 'unknown') throw new HTTPException(401);
    if (credentials === 'stranger') throw new HTTPException(403);
    return credentials;
  });
  const found = dependency({ ofDependency, n: Body(int, { embed: true }) }, async ({ n }) => {
    await way.at('dependency');
    if (n === 404) throw new HTTPException(404);
    return n;
  });

  @Injectable()
  class Repository {
    constructor(
      @Depends(ofController) readonly connection: string,
      // As usual: what the controller uses needs what the guard needs.
      @Depends(ofGuard) readonly other: string,
    ) {}
  }
  /** Constructors do not wait, so that one has to fail at its point, and to wait before it. */
  const beforeConstructor = dependency(
    { repository: Repository },
    async () => way.at('constructor'),
    {
      name: 'beforeConstructor',
    },
  );

  @Controller('/things')
  class Things {
    constructor(
      private readonly repository: Repository,
      @Depends(beforeConstructor) _waited: Provided<typeof beforeConstructor>,
    ) {}

    @Post('/')
    async make(
      @Depends(ofHandler) _own: string,
      @Depends(user) who: string,
      @Depends(found) n: int,
      @Body({ embed: true }) word: string,
    ): Promise<string> {
      await way.at('handler');
      return `${who} ${n} ${word} ${this.repository.connection}`;
    }
  }
  return new Vivace({ controllers: [Things], ...options });
}
