import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../statistics.js';
import type { Subject } from './subject.js';

/** Milliseconds that 99 of 100 ordinary requests took at most, while something else goes on. */
export class Ordinary {
  private readonly times: number[] = [];
  private readonly agent = new Agent({ keepAlive: true });
  private going = true;
  private readonly ended: Promise<void>;
  failed = 0;

  constructor(private readonly subject: Subject) {
    this.ended = this.run();
  }

  async stop(): Promise<number> {
    this.going = false;
    await this.ended;
    this.agent.destroy();
    return quantile(this.times, 0.99);
  }

  private async run(): Promise<void> {
    while (this.going) {
      const began = performance.now();
      if (!(await this.answered())) this.failed += 1;
      this.times.push(performance.now() - began);
      await delay(5);
    }
  }

  private answered(): Promise<boolean> {
    return new Promise((resolve) => {
      const request = get(`${this.subject.url}/items/1`, { agent: this.agent }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode === 200));
      });
      request.once('error', () => resolve(false));
    });
  }
}
