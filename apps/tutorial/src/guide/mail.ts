import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Vivace,
  dependency,
  type Provided,
} from 'vivace';

export class User {
  constructor(readonly name: string) {}
}

/** Stands for a database with transactions. */
class Database {
  #orders: readonly string[] = [];

  async begin() {
    const orders = [...this.#orders];
    return {
      orders,
      commit: async () => void (this.#orders = orders),
      rollback: async () => void (orders.length = 0),
    };
  }
}

export const database = new Database();
export const session = dependency(async function* () {
  const transaction = await database.begin();
  yield transaction;
  await transaction.commit();
});
type Session = Provided<typeof session>;

export const currentUser = dependency({ key: Header(String, { alias: 'x-key' }) }, ({ key }) => {
  if (key !== 'the key of ann') throw new HTTPException(401, 'Who are you?');
  return new User('ann');
});

@Injectable({ lifetime: 'singleton' })
export class Mailer {
  async send(to: User, text: string): Promise<void> {
    throw new Error(`There is no mail server for ${to.name}: ${text}`);
  }
}

@Controller('/orders')
class Orders {
  constructor(
    private readonly mailer: Mailer,
    @Depends(session) private readonly session: Session,
  ) {}

  @Post('/', { status: 201 })
  async place(order: { item: string }, @Depends(currentUser) user: User): Promise<string> {
    this.session.orders.push(order.item);
    await this.mailer.send(user, order.item);
    return order.item;
  }

  @Get('/')
  list(): string[] {
    return this.session.orders;
  }
}

export const app = new Vivace({ controllers: [Orders] });
