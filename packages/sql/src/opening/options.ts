import { checkNumbers, type Class } from 'vivace/extend';

/** What `database()` is told. */
export interface DatabaseOptions {
  /** The classes with `@Entity()`. */
  readonly entities: readonly Class[];
  /**
   * The address. `DATABASE_URL` by default; without it the embedded PostgreSQL, in development and
   * tests only.
   */
  readonly url?: string;
  /** The addresses of servers that follow the first one: readers use them in turn. */
  readonly replicas?: readonly string[];
  /** The most connections of each process: 10 by default. */
  readonly pool?: number;
  /** In milliseconds. */
  readonly timeouts?: {
    /** Until the database can be reached, when the program starts: 25,000 by default. */
    readonly startup?: number;
    /** Waiting for a connection: 3000 by default. */
    readonly connect?: number;
    /** A statement: 10,000 by default. */
    readonly statement?: number;
    /** Waiting for a lock: 3000 by default. */
    readonly lock?: number;
    /** A transaction without a statement: 30,000 by default. */
    readonly idle?: number;
  };
  /** Seals cursors. `CURSOR_KEY` by default; in development it is made once and kept in `.vivace`. */
  readonly cursorKey?: string;
  readonly migrations?: {
    /** The folder of migrations, seen from that of the project: `migrations` by default. */
    readonly directory?: string;
  };
  /** In development: how many statements of one request may look alike without a warning, 10 by default; 0: all. */
  readonly repeated?: number;
  /** Statements above this many milliseconds are logged, without their values: 500 by default. */
  readonly slow?: number;
}

/** The options with their defaults. */
export interface DatabaseSettings {
  readonly entities: readonly Class[];
  readonly url: string | undefined;
  readonly replicas: readonly string[];
  readonly pool: number;
  readonly timeouts: Required<NonNullable<DatabaseOptions['timeouts']>>;
  readonly cursorKey: string | undefined;
  readonly migrations: string;
  readonly repeated: number;
  readonly slow: number;
}

/** `startup` is less than that of the application, which would end with another message. */
const TIMEOUTS = { startup: 25_000, connect: 3000, statement: 10_000, lock: 3000, idle: 30_000 };

/** A test does not fail since others of its machine are busy. */
const PATIENT = { ...TIMEOUTS, connect: 30_000, lock: 30_000 };

/** Milliseconds: timers, and limits of PostgreSQL, take a little more, and `Infinity` for a moment. */
const LONGEST = 2_000_000_000;

/** What a program was told, where it waits as long as a test does. */
export function patientSettingsOf(options: DatabaseOptions): DatabaseSettings {
  return settingsOf({ ...options, timeouts: { ...PATIENT, ...options.timeouts } });
}

export function settingsOf(options: DatabaseOptions): DatabaseSettings {
  const { entities, url, replicas = [], pool = 10, timeouts, cursorKey, migrations } = options;
  return {
    entities,
    url,
    replicas,
    pool,
    timeouts: timeoutsOf(timeouts),
    cursorKey,
    migrations: migrations?.directory ?? 'migrations',
    repeated: options.repeated ?? 10,
    slow: options.slow ?? 500,
  };
}

function timeoutsOf(given: DatabaseOptions['timeouts'] = {}): typeof TIMEOUTS {
  const entries = Object.entries(TIMEOUTS).map(([name, usual]) => {
    const time = given[name as keyof typeof given] ?? usual;
    return [name, time > LONGEST ? LONGEST : time];
  });
  return Object.fromEntries(entries) as typeof TIMEOUTS;
}

/**
 * Refuses what is no number, such as that of a variable which is not set: a limit would be off without a word.
 *
 * @param of the function that was called with them
 * @throws BootError OPTION_NUMBER
 */
export function checkSettings(of: Function, settings: DatabaseSettings): void {
  const { pool, timeouts, repeated, slow } = settings;
  const times = Object.entries(timeouts).map(([name, time]) => [`timeouts.${name}`, time]);
  checkNumbers(of, { pool }, { ...Object.fromEntries(times), repeated, slow });
}
