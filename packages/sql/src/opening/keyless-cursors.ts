import { randomBytes } from 'node:crypto';
import { SqlBootError } from '../boot-error';
import { CursorSeal } from '../session/cursor';

/** Where nothing seals cursors: programs that give none do not need a key. */
export class KeylessCursors extends CursorSeal {
  constructor() {
    super(randomBytes(32).toString('base64url'));
  }

  /** @throws SqlBootError always */
  override of(): never {
    throw new SqlBootError(
      'CURSOR_KEY_MISSING',
      'database({ cursorKey })',
      'NODE_ENV is production, and nothing seals the cursors of `cursorPage`.',
      'CURSOR_KEY=… in the environment, the same for all processes',
    );
  }
}
