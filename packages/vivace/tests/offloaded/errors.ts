/** An error of a program, with a field of its own. */
export class TooLarge extends Error {
  override readonly name: string = 'TooLarge';

  constructor(
    readonly size: number,
    options?: ErrorOptions,
  ) {
    super(`${size} bytes are too many`, options);
  }

  get half(): number {
    return this.size / 2;
  }
}
