import { writeFileSync } from 'node:fs';
import { BackgroundTasks, Controller, Post, Vivace } from 'vivace';

function write_notification(email: string, message = ''): void {
  writeFileSync('log.txt', `notification for ${email}: ${message}`);
}

@Controller('/send-notification')
class Notifications {
  @Post('/:email')
  send_notification(email: string, tasks: BackgroundTasks) {
    tasks.add(write_notification, email, 'some notification');
    return { message: 'Notification sent in the background' };
  }
}

export const app = new Vivace({ controllers: [Notifications] });
