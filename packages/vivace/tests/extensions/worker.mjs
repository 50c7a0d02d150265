// A program that runs 100 entries at once and serves nothing; `work.test.ts` ends it in the middle.
import { setTimeout as delay } from 'node:timers/promises';
import { Vivace } from 'vivace';
import { declareEntry } from 'vivace/extend';

let done = 0;
class Billing {
  async bill() {
    await delay(300);
    done += 1;
  }
}
declareEntry({ kind: 'event', target: Billing, method: 'bill', options: {} });

const events = {
  name: 'events',
  entries: [Billing],
  work: async ({ entries: [bill] }) => {
    const calls = Promise.all(Array.from({ length: 100 }, () => bill.call(undefined)));
    console.log('working');
    return {
      idle: () => calls,
      stop: async () => {
        await calls;
        console.log(`${done} done`);
      },
    };
  },
};
await new Vivace({ extensions: [events], types: 'decorators', logger: false }).listen({
  http: false,
  port: 0,
});
