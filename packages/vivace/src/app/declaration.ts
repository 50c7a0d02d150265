import type { MountOptions } from '../declare/options/mount-options';
import type { Middleware } from '../declare/options/layer-options';
import type { VivaceOptions } from '../declare/options/vivace-options';
import type { Inclusion } from '../model/app-options';
import type { MountedFiles, MountedHandler } from '../mount/mounts';
import type { Registration } from './plugins';

/** What an application has recorded. */
export interface AppDeclaration {
  readonly options: VivaceOptions;
  readonly inclusions: readonly Inclusion[];
  readonly middleware: readonly Middleware[];
  readonly plugins: readonly Registration[];
  readonly mounts: readonly MountedApplication[];
  readonly handlers: readonly MountedHandler[];
  readonly files: readonly MountedFiles[];
}
export interface MountedApplication {
  readonly path: string;
  readonly options: MountOptions;
  readonly recorded: () => AppDeclaration;
}
