import { dirname } from 'node:path';
import { migrate, status } from './commands/actions';
import { settingsWithoutClasses } from './commands/place';

const COMMANDS = new Map([
  ['migrate', migrate],
  ['status', status],
]);

/** What `vivace build` writes as `dist/db.js`: migrations in production, without the command line. */
export async function main(): Promise<void> {
  const [, program = '', name = ''] = process.argv;
  const command = COMMANDS.get(name);
  try {
    if (command === undefined) throw new Error(`node ${program} ${[...COMMANDS.keys()].join('|')}`);
    const settings = settingsWithoutClasses();
    await command({ root: dirname(program), production: true, settings, print: console.log });
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
