import { HTTPException } from '../../errors/http-exception';

export function tooLarge(detail?: string): HTTPException {
  return new HTTPException(413, detail);
}

export function unparsable(): HTTPException {
  return new HTTPException(400, 'There was an error parsing the body');
}

export function endedEarly(): HTTPException {
  return new HTTPException(400, 'The body ended too early');
}

/** The client is too slow: nothing of the rest is waited for. */
export function timedOut(): HTTPException {
  return new HTTPException(408, undefined, { headers: { connection: 'close' } });
}
