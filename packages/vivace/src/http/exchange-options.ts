import type { FastifyRequest } from 'fastify';
import type { Store } from '../declare/store';
import type { BodyOptions } from './body/options';
import type { PathReader } from './path-reader';
import type { RequestContext, UrlFor } from './request';
import type { RootPath } from './root-path';

/** What the requests of one server, or of one operation, have in common. */
export interface ExchangeOptions {
  readonly body: BodyOptions;
  readonly noteProxy: RequestContext['noteProxy'];
  readonly rootPath: RootPath;
  readonly urlFor: (request: FastifyRequest) => UrlFor;
  readonly paths: PathReader;
  /** Where middleware keeps data that names no store. */
  readonly store?: Store | undefined;
}
