import type { Class } from '../class';
import type { LayerOptions } from './layer-options';

/** What a controller says about its operations. */
export interface ControllerOptions extends LayerOptions {
  /** Controllers whose paths stand below the prefix of this one. */
  readonly controllers?: readonly Class[];
}
