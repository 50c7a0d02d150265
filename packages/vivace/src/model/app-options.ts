import type { Class } from '../declare/class';
import type { Needs } from '../declare/provided';
import type { LayerOptions } from '../declare/options/layer-options';
import type { Where } from '../errors/where';
import type { VivaceOptions } from '../declare/options/vivace-options';

/** One call of `app.include(...)`. */
export interface Inclusion {
  readonly controllers: readonly Class[];
  readonly prefix: string;
  readonly host?: string | RegExp;
  readonly options: LayerOptions;
  /** The extension that adds them. */
  readonly extension?: string;
}

/** Where an application serves something that is no path operation: files, a handler, another application. */
export interface Place {
  /** What the program recorded; the guard is found by it. */
  readonly of: object;
  readonly dependencies: readonly Needs[] | undefined;
  readonly where: Where;
  /** Whether there are WebSockets in it. */
  readonly sockets?: boolean;
}

/** Something that is opened with the server, although nothing else may need it. */
export interface Opened {
  readonly needs: Needs;
  readonly where: Where;
}

/** A class whose methods are entry points outside HTTP. */
export interface Entries {
  readonly type: Class;
  readonly extension: string;
  readonly where: Where;
}

/** What an application consists of, as `new Vivace(...)` and `include` recorded it. */
export interface AppOptions
  extends
    LayerOptions,
    Pick<
      VivaceOptions,
      | 'controllers'
      | 'webhooks'
      | 'lifespan'
      | 'provide'
      | 'health'
      | 'extra'
      | 'strict'
      | 'responseModels'
      | 'types'
      | 'docs'
    > {
  readonly inclusions?: readonly Inclusion[];
  readonly places?: readonly Place[];
  /** Whether there are plugins of Fastify, which may add routes. */
  readonly plugins?: boolean;
  /** Layers around that of the application, the outermost first. */
  readonly outer?: readonly LayerOptions[];
  readonly opened?: readonly Opened[];
  readonly entries?: readonly Entries[];
  /** Where middleware keeps its data that names no store. */
  readonly store?: Opened | undefined;
}
