import { HTTPException } from '../errors/http-exception';

/** A handler that takes too long. */
export class HandlerTimeout extends HTTPException {
  constructor() {
    super(503, undefined, { headers: { connection: 'close' } });
  }
}

interface Running {
  readonly name: string;
  readonly until: number;
  readonly expire: () => void;
}

/** Ends answers that take too long. All have the same time, so one timer serves them in the order in which they began. */
export class Deadlines {
  private readonly running = new Set<Running>();
  private timer: NodeJS.Timeout | undefined;

  /** @param milliseconds that an answer may take */
  constructor(private readonly milliseconds: number) {}

  /** The operations that are being waited for. */
  *names(): Generator<string> {
    for (const { name } of this.running) if (name !== '') yield name;
  }

  /** The answer of the operation `name`, or an HTTPException 503 where it does not come in time; `expired` is told of it first. */
  limit<T>(answer: PromiseLike<T>, expired: (error: HTTPException) => void = () => {}, name = ''): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const entry: Running = {
        name,
        until: performance.now() + this.milliseconds,
        expire: () => {
          const error = new HandlerTimeout();
          expired(error);
          reject(error);
        },
      };
      this.running.add(entry);
      this.timer ??= this.wait(this.milliseconds);
      answer.then(
        (value) => {
          this.running.delete(entry);
          resolve(value);
        },
        (error: unknown) => {
          this.running.delete(entry);
          // oxlint-disable-next-line prefer-promise-reject-errors -- what the program threw goes on as it is
          reject(error);
        },
      );
    });
  }

  private wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expireOld(), Math.max(1, milliseconds)).unref();
  }

  private expireOld(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const entry of this.running) {
      if (entry.until > now) {
        this.timer = this.wait(entry.until - now);
        return;
      }
      this.running.delete(entry);
      entry.expire();
    }
  }
}
