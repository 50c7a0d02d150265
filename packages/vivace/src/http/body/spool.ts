import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Bytes that are kept in memory. */
const IN_MEMORY = 1024 * 1024;
/** Bytes that always are: enough to tell what kind of file it is. */
const HEAD = 64;
/** Bytes that are read from a file at once. */
const PIECE = 64 * 1024;

/** Bytes that arrive chunk by chunk: in memory while they are few, else in a file. */
export class Spool {
  size = 0;
  #chunks: Buffer[] = [];
  #first: Buffer | undefined;
  #file: FileHandle | undefined;
  #moving: Promise<void> | undefined;
  #closed = false;

  readonly #directory: string;

  constructor(directory: string = tmpdir()) {
    this.#directory = directory;
  }

  /** The first bytes. */
  get head(): Uint8Array {
    return this.#first ?? Buffer.concat(this.#chunks).subarray(0, HEAD);
  }

  /** Takes more bytes; after the spool was closed nobody waits for them. */
  async write(chunk: Buffer): Promise<void> {
    if (this.#closed) return;
    this.size += chunk.length;
    if (this.#file !== undefined) return this.#file.appendFile(chunk);
    this.#chunks.push(chunk);
    if (this.size > IN_MEMORY) await (this.#moving = this.#moveToFile());
  }

  /** @throws Error after the spool was closed */
  stream(): Readable {
    if (this.#closed)
      throw new Error('The file was removed with its request: use it before, or save() it.');
    if (this.#file === undefined) return Readable.from(this.#chunks, { objectMode: false });
    return Readable.from(chunksOf(this.#file), { objectMode: false });
  }

  async bytes(): Promise<Buffer> {
    return this.#closed || this.#file !== undefined
      ? buffer(this.stream())
      : Buffer.concat(this.#chunks, this.size);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#chunks = [];
    // The client may leave while the file is being opened; whoever writes is told if that fails.
    await this.#moving?.catch(() => undefined);
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #moveToFile(): Promise<void> {
    const content = Buffer.concat(this.#chunks, this.size);
    this.#first = this.head as Buffer;
    const path = join(this.#directory, `vivace-${randomUUID()}`);
    this.#file = await open(path, 'wx+', 0o600);
    // Without a name it is gone with its last handle, even if the process is killed.
    await unlink(path);
    this.#chunks = [];
    await this.#file.appendFile(content);
  }
}

/** Reads from the beginning, however often: a stream of the handle would close it. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; ;) {
    const { bytesRead, buffer: chunk } = await file.read(
      Buffer.allocUnsafe(PIECE),
      0,
      PIECE,
      position,
    );
    if (bytesRead === 0) return;
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
