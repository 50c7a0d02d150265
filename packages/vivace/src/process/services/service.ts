/** What the module of a service exports as `service`. */
export interface Service {
  /**
   * Starts the server, or takes over the one that a killed process has left behind: its pid file says which.
   * For one folder it is called by one process of the machine at a time.
   *
   * @param folder where the service keeps its files
   * @example
   * export const service: Service = { start: (folder) => startPostgres(join(folder, 'data')) };
   */
  start(folder: string): Promise<RunningService>;
}

/** A server that runs. */
export interface RunningService {
  /** Variables by which programs find it. They stay the same when it is started again, for programs that go on. */
  readonly env: Readonly<Record<string, string>>;
  /** Settles when it has ended by itself. */
  readonly ended: Promise<unknown>;
  /** Ends it. */
  stop(): Promise<void>;
}
