/**
 * Thrown by a check of `/readyz` that wants somebody to look, while the server goes on: the answer says
 * `warning` for the check, with status 200, and the log says why.
 *
 * @example
 * if (waiting > 100_000) throw new HealthWarning(`${waiting} mails wait`);
 */
export class HealthWarning extends Error {
  /** `HealthWarning`. */
  override readonly name: string = 'HealthWarning';
}
