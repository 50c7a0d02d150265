import { Controller, Post, Security, Vivace, datetime } from 'vivace';
import { HTTPBearer } from 'vivace/security';

const bearer_scheme = new HTTPBearer();

class Subscription {
  username!: string;
  monthly_fee!: number;
  start_date!: datetime;
}

@Controller()
class Webhooks {
  /**
   * Sent for every new subscription.
   */
  @Post('new-subscription', { dependencies: [Security(bearer_scheme)] })
  new_subscription(body: Subscription) {}
}

export const app = new Vivace({ webhooks: [Webhooks] });
