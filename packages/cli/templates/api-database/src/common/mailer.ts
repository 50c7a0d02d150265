import { Injectable } from 'vivace';

export abstract class Mailer {
  abstract send(to: string, text: string): Promise<void>;
}

/** Writes mail to the log: put the client of your provider in its place in `app.ts`. */
@Injectable({ lifetime: 'singleton' })
export class LoggingMailer extends Mailer {
  async send(to: string, text: string): Promise<void> {
    console.log(`mail to ${to}: ${text}`);
  }
}
