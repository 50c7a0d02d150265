import { Controller, Get, Vivace } from 'vivace';
import { RedirectResponse } from 'vivace/responses';
import { queue } from '@vivace/queue';
import { db } from './database.js';
import { InstrumentsController } from './instruments.js';
import { MembersController } from './members.js';
import { SendReceipt } from './receipts.js';

@Controller('', { hidden: true })
class Entrance {
  @Get('/')
  docs(): RedirectResponse {
    return new RedirectResponse('/docs');
  }
}

export const app = new Vivace({
  title: 'Instrument library',
  version: '1.0.0',
  description: 'Borrow a violin for a week. The desk signs in with the key `da-capo`.',
  tagsMetadata: [
    { name: 'instruments', description: 'What is on the shelves, and who has it.' },
    { name: 'members', description: 'Who may borrow.' },
  ],
  controllers: [Entrance, InstrumentsController, MembersController],
  extensions: [db, queue({ jobs: [SendReceipt] })],
});
