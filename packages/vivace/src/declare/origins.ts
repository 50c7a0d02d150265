import { carry } from './declarations';
import type { Middleware } from './shared';

/** Notes the origins whose pages a middleware lets call the application: they may open WebSockets as well. */
export function allowOrigins(middleware: Middleware, origins: readonly (string | RegExp)[]): Middleware {
  return carry(middleware, { is: 'origins', origins: Object.freeze([...origins]) });
}
