import { Controller, Get, Post, Vivace, datetime } from 'vivace';

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
  @Post('new-subscription')
  new_subscription(body: Subscription) {}
}

@Controller('/users')
class Users {
  @Get('/')
  read_users() {
    return ['Rick', 'Morty'];
  }
}

export const app = new Vivace({ controllers: [Users], webhooks: [Webhooks] });
