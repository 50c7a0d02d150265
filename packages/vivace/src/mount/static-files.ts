import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, posix, resolve, sep } from 'node:path';
import { isPlain } from './plain-path';
import type { StaticOptions } from '../declare/options/application-options';
import { BootError } from '../errors/boot-error';
import { HTTPException } from '../errors/http-exception';
import { isProduction } from '../declare/environment';
import { FileResponse } from '../responses/file-response';
import { Response } from '../responses/response';
import { wantsPage } from './accept';
import type { MountRequest, Mount } from '../http/mounted-apps';
import { rawPathOf } from '../http/path-reader';

const INDEX = 'index.html';
const NOT_FOUND = '404.html';

/** A file, or the first page of a directory. */
interface Found {
  readonly file: string;
  readonly directory: boolean;
}

/** The files of a directory. */
export class StaticFiles implements Mount {
  readonly host = undefined;
  readonly #directory: string;
  readonly #pages: boolean;

  readonly #options: StaticOptions;

  constructor(
    readonly path: string,
    directory: string,
    options: StaticOptions,
  ) {
    this.#options = options;

    this.#directory = resolve(directory);
    this.#pages = options.html ?? options.fallback !== undefined;
  }

  /**
   * Looks for the directory and the fallback. Without `NODE_ENV=production` a front end that is not built yet is a warning.
   *
   * @throws BootError STATIC_DIRECTORY
   */
  check(log: Pick<FastifyBaseLogger, 'warn'>): void {
    const { fallback } = this.#options;
    const missing = !isDirectory(this.#directory)
      ? this.#directory
      : fallback === undefined
        ? undefined
        : join(this.#directory, fallback);
    if (missing === undefined || statSync(missing, { throwIfNoEntry: false })?.isFile() === true)
      return;
    const seen = `${missing} does not exist.`;
    const where = { member: `static('${this.path === '' ? '/' : this.path}')` };
    if (isProduction())
      throw new BootError(
        'STATIC_DIRECTORY',
        where,
        seen,
        'the directory that the files are in, relative to the working directory',
      );
    log.warn(`${where.member}: ${seen}`);
  }

  /** @throws HTTPException 404, or 405 where there is a file */
  async answer({ request, rest, withSlash }: MountRequest): Promise<Response> {
    const path = rawPathOf(rest);
    const found = await this.#find(namedBy(path));
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw found === undefined
        ? new HTTPException(404)
        : new HTTPException(405, undefined, { headers: { allow: 'GET, HEAD' } });
    if (found === undefined) return this.#missing(request);
    return found.directory && !path.endsWith('/') ? withSlash() : this.#send(found.file, 200);
  }

  async #missing({ headers }: FastifyRequest): Promise<Response> {
    const { fallback = this.#pages ? NOT_FOUND : undefined } = this.#options;
    const page = fallback === undefined ? undefined : await this.#find(fallback);
    if (page !== undefined && fallback === NOT_FOUND) return this.#send(page.file, 404);
    if (page !== undefined && wantsPage(headers.accept)) return this.#send(page.file, 200);
    throw new HTTPException(404);
  }

  /** Pages name the files that belong to them, so they are asked for anew each time. */
  #send(file: string, status: number): Response {
    const { maxAge } = this.#options;
    const cache =
      maxAge === undefined
        ? undefined
        : file.endsWith('.html')
          ? 'no-cache'
          : `public, max-age=${maxAge}`;
    return new FileResponse(file, {
      status,
      ...(cache !== undefined && { headers: { 'cache-control': cache } }),
    });
  }

  async #find(path: string): Promise<Found | undefined> {
    const file = await this.#existing(path);
    if (file === undefined || file.isFile)
      return file === undefined ? undefined : { file: file.path, directory: false };
    const index = this.#pages ? await this.#existing(posix.join(path, INDEX)) : undefined;
    return index?.isFile === true ? { file: index.path, directory: true } : undefined;
  }

  /** What stands at a path inside the directory: links that lead out of it do not count. */
  async #existing(
    path: string,
  ): Promise<{ readonly path: string; readonly isFile: boolean } | undefined> {
    if (!isPlain(path)) return undefined;
    try {
      const root = await realpath(this.#directory);
      const real = await realpath(join(root, path));
      if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep))
        return undefined;
      const found = await stat(real);
      return found.isFile() || found.isDirectory()
        ? { path: real, isFile: found.isFile() }
        : undefined;
    } catch (error) {
      if (ABSENT.includes((error as NodeJS.ErrnoException).code)) return undefined;
      throw error;
    }
  }
}

const ABSENT: readonly (string | undefined)[] = [
  'ENOENT',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'EACCES',
];

/** A path that no file has. */
const NOWHERE = '\0';

/**
 * The file that a path names, which has as many parts as the router sees, so that whoever guards a folder by its path guards its files:
 * an encoded separator or an empty part would be another spelling of it.
 */
function namedBy(path: string): string {
  if (/%2f|%5c|\\|\/\//i.test(path)) return NOWHERE;
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return NOWHERE;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
