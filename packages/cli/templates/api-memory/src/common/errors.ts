import { HTTPException } from 'vivace';

/** What was asked for is not there. */
export class NotFound extends HTTPException {
  constructor(what: string) {
    super(404, `${what} not found`);
  }
}

/** What is asked for does not go with what is there. */
export class Conflict extends HTTPException {
  constructor(why: string) {
    super(409, why);
  }
}
