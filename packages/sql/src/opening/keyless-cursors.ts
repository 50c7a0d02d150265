import { randomBytes } from 'node:crypto';
import { CursorSeal } from '../session/cursor';
import { keyMissing } from './cursor-key';

/** Where nothing seals cursors: programs that give none do not need a key. */
export class KeylessCursors extends CursorSeal {
  constructor() {
    super(randomBytes(32).toString('base64url'));
  }

  /** @throws SqlBootError always */
  override of(): never {
    throw keyMissing();
  }
}
