import type { Db } from 'pg-boss';

type Send = Db['executeSql'];
type Result = Awaited<ReturnType<Send>>;

/** Statements of pg-boss that one statement can say for several lines of jobs. */
interface Kind {
  /** What calls have to have in common; undefined for a statement of another kind. */
  keyOf(text: string, values: readonly unknown[]): string | undefined;
  joined(text: string, calls: readonly (readonly unknown[])[]): Parameters<Send>;
  /** What one of the calls gets. */
  partOf(result: Result, call: number): Result;
}

/** One job for a line is one of several for all. */
const taking: Kind = {
  keyOf: (text, values) => (values.length === 0 && TAKES_ONE.test(text) ? text : undefined),
  joined: (text, calls) => [text.replace('LIMIT 1', `LIMIT ${calls.length}`)],
  partOf: ({ rows }, call) => ({ rows: rows.slice(call, call + 1) as unknown[] }),
};
const TAKES_ONE = /^\s*WITH\s+next AS \([^]*?\sLIMIT 1\s+FOR UPDATE OF j SKIP LOCKED\s/;

/** What has come of jobs is a list already. */
const ending: Kind = {
  keyOf: (text, [name, list, ...others]) =>
    text.includes(LIST) && typeof list === 'string' && others.length === 0
      ? JSON.stringify([text, name])
      : undefined,
  joined: (text, calls) => {
    const items = calls.map(([, list]) => (list as string).slice(1, -1));
    return [text, [calls[0]![0], `[${items.join(',')}]`]];
  },
  partOf: (result) => result,
};
const LIST = 'json_to_recordset($2::text::json) AS x (id uuid, retry_count int, output jsonb)';

/**
 * Has what lines of jobs ask for at the same time leave as one statement. A statement that pg-boss
 * writes in another way is sent as it is.
 */
export function gatherStatements(db: Db): void {
  const send: (...given: Parameters<Send>) => Promise<Result> = db.executeSql.bind(db);
  const groups = new Map<string, Group>();
  db.executeSql = (...given) => {
    const [text, values = []] = given;
    for (const kind of [taking, ending]) {
      const key = given.length <= 2 ? kind.keyOf(text, values) : undefined;
      if (key === undefined) continue;
      const group = groups.get(key) ?? new Group(kind, text, send);
      groups.set(key, group);
      return group.ask(values);
    }
    return send(...given);
  };
}

interface Call {
  readonly values: readonly unknown[];
  readonly answer: PromiseWithResolvers<Result>;
}

/** Calls of the same statement: while one is under way, those that come wait for the next. */
class Group {
  #waiting: Call[] = [];
  #isSending = false;

  constructor(
    readonly kind: Kind,
    readonly text: string,
    readonly send: (...given: Parameters<Send>) => Promise<Result>,
  ) {}

  ask(values: readonly unknown[]): Promise<Result> {
    const answer = Promise.withResolvers<Result>();
    this.#waiting.push({ values, answer });
    if (!this.#isSending) {
      this.#isSending = true;
      // Lines that were woken together ask before this.
      process.nextTick(() => void this.#sendAll());
    }
    return answer.promise;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const calls = this.#waiting;
      this.#waiting = [];
      await this.#sendOnce(calls);
    }
    this.#isSending = false;
  }

  async #sendOnce(calls: readonly Call[]): Promise<void> {
    try {
      const { kind, text, send } = this;
      const joined = kind.joined(
        text,
        calls.map(({ values }) => values),
      );
      const result = await send(...joined);
      calls.forEach(({ answer }, at) => answer.resolve(kind.partOf(result, at)));
    } catch (error) {
      for (const { answer } of calls) answer.reject(error);
    }
  }
}
