import type { Readable } from 'node:stream';
import type { ResponsePlan } from '../model/model';
import { BYTES } from '../model/response';
import { mapped } from '../responses/chunks';
import { bytesOf, matterOf } from '../responses/matter';
import { mediaOf, responseClassFacts } from '../responses/response-class';
import { Response } from '../responses/response';
import { StreamingResponse } from '../responses/streaming-response';
import { passed, type WebResponse } from './passed-response';
import { bytesOfChunk } from './stream/chunk-stream';
import { madeOfValue, valueResponse } from './stream/stream';

/** The response that a returned object is sent as without becoming JSON: one of the web platform, bytes, or what gives them. */
export function rawResponse(value: object, plan: ResponsePlan): Response | undefined {
  const matter = matterOf(value);
  if (matter === 'response') return passed(value as WebResponse);
  if (plan.raw === 'no' || plan.kind !== 'json') return undefined;
  if (matter === 'bytes') return ofBytes(bytesOf(value as Uint8Array), plan);
  if (matter === 'stream') return ofStream(value as Readable, plan);
  return matter === 'blob' ? ofBlob(value as Blob, plan) : undefined;
}

function ofBytes(bytes: Uint8Array, { type, status }: ResponsePlan): Response | undefined {
  if (type === undefined) return madeOfValue(new Response(bytes, { status, media: BYTES }));
  return responseClassFacts(type)?.json === true ? undefined : valueResponse(type, bytes, status);
}

/** A class that takes a content at once says which media type it is. */
function ofStream(
  stream: Readable | ReadableStream<unknown>,
  { type, status }: ResponsePlan,
  media = BYTES,
): Response | undefined {
  // What is no chunk is noticed while there is still another answer.
  const chunks = mapped(stream, bytesOfChunk);
  if (type === undefined) return madeOfValue(new StreamingResponse(chunks, { status, media }));
  const facts = responseClassFacts(type);
  if (facts?.stream === 'chunks') return valueResponse(type, chunks, status);
  const own = mediaOf(type);
  if (facts?.json === true || own === null) return undefined;
  return madeOfValue(new StreamingResponse(chunks, { status, media: own }));
}

function ofBlob(blob: Blob, plan: ResponsePlan): Response | undefined {
  const response = ofStream(blob.stream(), plan, blob.type === '' ? BYTES : blob.type);
  response?.headers.set('content-length', String(blob.size));
  return response;
}
