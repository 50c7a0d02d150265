/// <reference types="@vivace/cli" />
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval } from 'node:timers';
import type { Commands } from 'vivace/extend';

export const commands: Commands = {
  commands: [
    (program, project) => {
      const mail = program.command('mail').description('look after the mail');
      mail
        .command('handlers')
        .description('say which handler sends mail to whom')
        .argument('<to>')
        .action(async (to) => {
          const app = await project.application();
          for (const { handler } of await app.routes())
            console.log(to, handler, process.env['MAIL_URL']);
          setInterval(() => {}, 1000); // As something that the program left open.
        });
      mail.command('fail').action((_options, command) => command.error('The mail is closed.'));
    },
  ],
  async services({ root }) {
    const note = (text: string): void => appendFileSync(join(root, 'noted'), `${text} `);
    note('start');
    return { env: { MAIL_URL: 'mail://here' }, stop: async () => note('stop') };
  },
};
