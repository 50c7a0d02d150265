import { Job } from '@vivace/queue';

@Job()
export class SendInvoice {
  run(): void {}
}
