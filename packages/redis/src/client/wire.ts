/** How channels are heard and told, by their names without prefix. */
export interface Wire {
  /** Kept when it was acknowledged, which is as late as the server is there. */
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): void;
  /** @returns how many connections heard it */
  publish(channel: string, message: string | Buffer): Promise<number>;
  /** Whether there is a connection that listens. */
  isOpen(): boolean;
}

/** Told of what is heard. */
export type Told = (channel: string, message: Buffer) => void;
