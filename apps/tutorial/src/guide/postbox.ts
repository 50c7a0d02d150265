import { Controller, Post, Vivace, type email } from 'vivace';
import { Attempt, OnTask, Tasks, tasks } from './tasks';

class Letter {
  to!: email;
  text!: string;
}
export const sent: string[] = [];

class Mailer {
  @OnTask('mail')
  async mail(letter: Letter, attempt: Attempt): Promise<void> {
    sent.push(`${letter.to} ${attempt.begun.getUTCFullYear() > 2000 ? 'now' : 'then'}`);
  }
}
@Controller('/letters')
class Letters {
  constructor(private readonly tasks: Tasks) {}
  @Post('/', { status: 202 })
  send(letter: Letter): void {
    this.tasks.add('mail', letter);
  }
}
export const app = new Vivace({ controllers: [Letters], extensions: [tasks({ in: [Mailer] })] });
