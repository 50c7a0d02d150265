import { HTTPException } from '../errors/http-exception';

/** The rest of the body is not waited for. */
export function tooLarge(detail?: string): HTTPException {
  return new HTTPException(413, detail, { headers: { connection: 'close' } });
}

export function unparsable(): HTTPException {
  return new HTTPException(400, 'There was an error parsing the body');
}

export function endedEarly(): HTTPException {
  return new HTTPException(400, 'The body ended too early');
}
