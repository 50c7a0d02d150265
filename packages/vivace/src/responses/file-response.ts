import { basename } from 'node:path';
import {
  CONTENT,
  Response,
  type Content,
  type FileContent,
  type ResponseOptions,
} from './response';

/** How a file is sent. */
interface FileOptions extends ResponseOptions {
  /** The name under which a browser saves it. */
  readonly filename?: string;
  /**
   * Whether a browser saves it or shows it.
   * @default `'attachment'` where there is a `filename`
   */
  readonly disposition?: 'attachment' | 'inline';
}

/**
 * A file, with `ETag` and `Last-Modified`; ranges are answered.
 *
 * @param path the path of the file, relative to the working directory
 * @param options how it is sent
 * @example return new FileResponse('report.pdf', { filename: 'March.pdf' });
 */
export class FileResponse extends Response {
  readonly #file: FileContent;

  constructor(path: string, options: FileOptions = {}) {
    super(undefined, options);
    const { filename, disposition } = options;
    this.#file = { path, name: filename ?? path };
    if (filename === undefined && disposition === undefined) return;
    this.headers.set(
      'content-disposition',
      dispositionText(disposition ?? 'attachment', filename ?? basename(path)),
    );
  }

  override [CONTENT](): Content {
    return this.#file;
  }
}

/** RFC 6266: a plain name in quotes, any other percent-encoded. */
function dispositionText(disposition: string, filename: string): string {
  if (/^[\w.~-]+$/.test(filename)) return `${disposition}; filename="${filename}"`;
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename*=utf-8''${encoded}`;
}
