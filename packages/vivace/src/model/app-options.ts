import type { Class } from '../declare/class';
import type { LayerOptions } from '../declare/options/layer-options';
import type { Place } from './places';
import type { VivaceOptions } from '../declare/options/vivace-options';

/** One call of `app.include(...)`. */
export interface Inclusion {
  readonly controllers: readonly Class[];
  readonly prefix: string;
  readonly host?: string | RegExp;
  readonly options: LayerOptions;
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
      | 'types'
      | 'docs'
    > {
  readonly inclusions?: readonly Inclusion[];
  readonly places?: readonly Place[];
  /** Whether there are plugins of Fastify, which may add routes. */
  readonly plugins?: boolean;
}
