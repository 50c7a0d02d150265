import { join } from 'node:path';
import { reached } from './figure.js';
import { startSubject } from './subject.js';
import { unreliable } from './unreliable.js';

it('clients that stall, leave or fall silent anywhere leave nothing open, and no error in the log', async () => {
  const program = join(__dirname, '../../dist/servers/soak.js');
  const subject = await startSubject(program, { headers: 1, request: 1, stall: 1 });
  try {
    const figures = await unreliable(subject, 1000, 10);
    expect(figures.filter((figure) => !reached(figure))).toEqual([]);
  } finally {
    await subject.stop();
  }
});
