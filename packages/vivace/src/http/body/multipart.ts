import type { Readable } from 'node:stream';
import { HTTPException } from '../../errors/http-exception';
import { endedEarly, unparsable } from './errors';
import { parameterOf, type PartHeaders } from './part-headers';

/** Bytes that the headers of one part may have; the parser cuts off what is longer than twice that. */
const HEADERS = 8 * 1024;

/** Takes one part while it arrives: its content has to be read to its end. */
export type Receive = (headers: PartHeaders, content: Readable) => Promise<void>;

/**
 * Reads a multipart body part by part. What fails ends the reading, of all parts that have begun too; the source is left as it is then.
 *
 * @throws HTTPException 400 where the body is no multipart body; what the source fails with, and what `receive` throws
 */
export async function readParts(source: Readable, type: string, receive: Receive): Promise<void> {
  if (source.destroyed) throw endedEarly();
  const config = { boundary: boundaryOf(type), maxHeaderSize: 2 * HEADERS, autoDestroy: false };
  const dicer = new (parser())(config);
  const begun: { readonly content: Readable; readonly received: Promise<void> }[] = [];
  const { promise: parsed, resolve, reject } = Promise.withResolvers<void>();
  let empty = true;
  source.once('data', () => (empty = false));
  source.once('error', (error) => reject(error instanceof HTTPException ? error : endedEarly()));
  source.once('close', () => {
    if (!source.readableEnded) reject(endedEarly());
  });
  dicer.on('part', (content) => {
    // The parser has told of it.
    content.on('error', () => {});
    content.once('header', (headers) => {
      const received =
        sizeOf(headers as PartHeaders) > HEADERS
          ? Promise.reject(tooLong())
          : receive(headers as PartHeaders, content);
      received.catch(reject);
      begun.push({ content, received });
    });
  });
  dicer.once('finish', resolve).once('error', () => (empty ? resolve() : reject(unparsable())));
  source.pipe(dicer);
  try {
    await parsed;
    await Promise.all(begun.map(({ received }) => received));
  } catch (error) {
    source.unpipe(dicer).pause();
    for (const { content } of begun) content.destroy();
    await Promise.allSettled(begun.map(({ received }) => received));
    throw error;
  }
}

/** The package is loaded by the first body. */
function parser(): typeof import('@fastify/busboy').Dicer {
  return (require('@fastify/busboy') as typeof import('@fastify/busboy')).Dicer;
}

/** RFC 2046 allows 70 characters. */
function boundaryOf(type: string): string {
  const boundary = parameterOf(type, 'boundary');
  if (boundary === undefined || boundary === '')
    throw new HTTPException(400, 'Missing boundary in multipart.');
  if (boundary.length > 70)
    throw new HTTPException(
      400,
      'The boundary of the multipart body is longer than 70 characters.',
    );
  return boundary;
}

function sizeOf(headers: PartHeaders): number {
  return Object.entries(headers).reduce(
    (size, [name, values = []]) => size + name.length + values.join().length,
    0,
  );
}

const tooLong = () =>
  new HTTPException(400, `The headers of a part are longer than ${HEADERS} bytes.`);
