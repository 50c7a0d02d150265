/** What a server says of itself, between attacks. */
export interface Census {
  /** Bytes that are resident. */
  readonly resident: number;
  /** Bytes of what is in use, or not yet collected: without what the process keeps for more. */
  readonly held: number;
  /** Sockets, pipes and files that are open. */
  readonly open: number;
  readonly opened: Readonly<Record<string, number>>;
  readonly closed: Readonly<Record<string, number>>;
  /** Whether every object has got a property of an attacker's. */
  readonly polluted: boolean;
  /** What was logged as an error of the program. */
  readonly errors: readonly string[];
  readonly lines: number;
  /** What handlers and clean-ups found in the context of their request. */
  readonly found: Readonly<Record<string, readonly (string | undefined)[]>>;
}

/** Tells the parent process where this server listens, and answers what it asks. */
export function answerCensus(
  url: string,
  look: () => Pick<Census, 'opened' | 'closed' | 'found'>,
  log: Log,
): void {
  const take = (question: unknown): Census => {
    if (question === 'memory') globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    return {
      ...look(),
      resident: rss,
      held: heapUsed + external,
      open: process.getActiveResourcesInfo().filter((name) => !/^(Timeout|Immediate)$/.test(name))
        .length,
      polluted: ['isAdmin', 'polluted', 'x'].some((name) => name in {}),
      errors: log.errors,
      lines: log.lines,
    };
  };
  process.on('message', (question) => process.send?.(take(question)));
  process.once('disconnect', () => process.exit());
  process.send?.({ url });
}

/** The log of a server, of which only errors are kept. */
export class Log {
  readonly errors: string[] = [];
  lines = 0;

  readonly options = {
    level: 'info',
    stream: {
      write: (text: string): void => {
        this.lines += text.split('\n').length - 1;
        const { level, msg, err } = JSON.parse(text) as {
          level: number;
          msg: string;
          err?: { message: string };
        };
        if (level >= 50) this.errors.push(`${msg}: ${err?.message ?? ''}`);
      },
    },
  };
}
