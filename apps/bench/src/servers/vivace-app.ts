import {
  ArrayMaxSize,
  ArrayMinSize,
  IsEmail,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  Controller,
  dependency,
  Depends,
  Field,
  Get,
  HTTPException,
  Path,
  Post,
  Query,
  Vivace,
  type int,
} from 'vivace';
import { HTTPBearer } from 'vivace/security';
import { greeting, placeOrder, Session, users, type Person } from '../business.js';
import { telemetryIfAsked } from './telemetry-if-asked.js';
import { ready } from '../ready.js';

class Address {
  @Length(1, 200) street!: string;
  @Length(1, 100) city!: string;
  country: string = 'US';
  @Matches(/^\d{5}$/) zip!: string;
}
class Customer {
  @Length(2, 100) name!: string;
  @IsEmail() email!: string;
  address!: Address;
}
class Item {
  @Matches(/^[A-Z]{3}-\d{4}$/) sku!: string;
  @Min(1) @Max(1000) quantity!: int;
  @Field({ gt: 0 }) unitPrice!: number;
}
class Order {
  customer!: Customer;
  @ArrayMinSize(1) @ArrayMaxSize(50) items!: Item[];
  @MaxLength(500) note?: string;
  @ArrayMaxSize(10) tags: string[] = [];
}
class Receipt {
  id!: string;
  total!: number;
  status!: string;
  customer!: { name: string; email: string };
  itemCount!: int;
}
class Echo {
  id!: int;
  limit!: int;
  q!: string | null;
  active!: boolean;
}
class Greeting {
  message!: string;
}
class User {
  id!: int;
  email!: string;
  name!: string;
  age!: int;
  balance!: number;
  active!: boolean;
  role!: string;
  city!: string | null;
  tags!: string[];
  createdAt!: Date;
}

class Profile {
  id!: int;
  email!: string;
  name!: string;
  roles!: string[];
  createdAt!: Date;
}

const settings = dependency(() => ({ role: 'member' }), { lifetime: 'singleton' });
const session = dependency(
  { settings },
  function* () {
    const opened = new Session();
    try {
      yield opened;
    } finally {
      opened.close();
    }
  },
  { scope: 'request' },
);
const currentUser = dependency(
  { session, bearer: new HTTPBearer() },
  // eslint-disable-next-line typescript/require-await -- a real one would ask a database
  async ({ session: opened, bearer }) => {
    const person = opened.find(bearer.credentials);
    if (person === undefined) throw new HTTPException(401, 'Not authenticated');
    return person;
  },
);
const member = dependency({ settings, user: currentUser }, ({ settings: { role }, user }) => {
  if (!user.roles.includes(role)) throw new HTTPException(403, 'Forbidden');
  return user;
});

@Controller()
class Bench {
  @Get('/hello')
  hello(): Greeting {
    return greeting;
  }

  @Get('/items/:id')
  items(
    @Path({ ge: 1 }) id: int,
    @Query({ ge: 1, le: 100 }) limit: int = 20,
    @Query({ maxLength: 50 }) q: string | null = null,
    active: boolean = true,
  ): Echo {
    return { id, limit, q, active };
  }

  @Get('/profile')
  profile(@Depends(member) user: Person): Profile {
    return user;
  }

  @Get('/users')
  users(@Query({ ge: 1, le: 100 }) limit: int = 20): User[] {
    return users.slice(0, limit);
  }

  @Post('/orders', { status: 201 })
  orders(order: Order): Receipt {
    return placeOrder(order);
  }
}

const server = await new Vivace({
  controllers: [Bench],
  extensions: await telemetryIfAsked(),
  logger: false,
  docs: false,
}).listen({
  port: Number(process.argv[2]),
});
ready(server.url);
