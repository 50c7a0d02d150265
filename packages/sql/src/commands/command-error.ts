/** What keeps a command from its work, for the person who runs it. */
export class CommandError extends Error {
  /**
   * @param seen what was found, as a sentence
   * @param write what to write instead
   */
  constructor(seen: string, write: string, options?: ErrorOptions) {
    super(`${seen}\n  Write instead: ${write}`, options);
    this.name = 'CommandError';
  }
}
