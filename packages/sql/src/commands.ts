import { built } from './commands/built';
import { dbCommand, services } from './commands/commands';

/** What this package adds to the command line: `vivace db`, and the PostgreSQL that programs find in development. */
export const commands = { commands: [dbCommand], services, built };
