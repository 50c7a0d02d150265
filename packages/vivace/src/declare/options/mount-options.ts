import type { Needs } from '../provided';

/** Where something is mounted. */
export interface MountOptions {
  /** The name that `urlFor` puts before the names of a mounted application: `admin:read_user`. */
  readonly name?: string;
  /**
   * The host that requests have to name, as text or pattern; text without a port fits every port.
   */
  readonly host?: string | RegExp;
  /**
   * What has to agree before anything below the path is answered, after the dependencies of the
   * application.
   */
  readonly dependencies?: readonly Needs[];
}

/** Where a handler is mounted that is no application of ours. */
export interface HandlerMountOptions extends MountOptions {
  /**
   * Whether the handler sees addresses with the path that it is mounted at: some know it themselves.
   * @default `false`
   */
  readonly keepPrefix?: boolean;
}
