import {
  Body,
  Controller,
  Get,
  Path,
  Post,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
} from 'tsoa';
import { greeting, placeOrder, users } from '../business.js';
import type { Authenticated } from './authentication.js';

interface Address {
  /**
   * @minLength 1
   * @maxLength 200
   */
  street: string;
  /**
   * @minLength 1
   * @maxLength 100
   */
  city: string;
  country?: string;
  /** @pattern ^\d{5}$ */
  zip: string;
}
interface Customer {
  /**
   * @minLength 2
   * @maxLength 100
   */
  name: string;
  /** @pattern ^[^@\s]+@[^@\s]+\.[^@\s]+$ */
  email: string;
  address: Address;
}
interface OrderItem {
  /** @pattern ^[A-Z]{3}-\d{4}$ */
  sku: string;
  /**
   * @isInt
   * @minimum 1
   * @maximum 1000
   */
  quantity: number;
  /** @minimum 0.01 */
  unitPrice: number;
}
interface Order {
  customer: Customer;
  /**
   * @minItems 1
   * @maxItems 50
   */
  items: OrderItem[];
  /** @maxLength 500 */
  note?: string;
  /** @maxItems 10 */
  tags?: string[];
}

interface Receipt {
  id: string;
  total: number;
  status: string;
  customer: { name: string; email: string };
  itemCount: number;
}
interface UserView {
  id: number;
  email: string;
  name: string;
  age: number;
  balance: number;
  active: boolean;
  role: string;
  city: string | null;
  tags: string[];
  createdAt: Date;
}
interface ProfileView {
  id: number;
  email: string;
  name: string;
  roles: string[];
  createdAt: Date;
}

@Route('')
export class BenchController extends Controller {
  @Get('hello')
  hello(): { message: string } {
    return greeting;
  }

  /**
   * @isInt id
   * @minimum id 1
   * @isInt limit
   * @minimum limit 1
   * @maximum limit 100
   * @maxLength q 50
   */
  @Get('items/{id}')
  items(
    @Path() id: number,
    @Query() limit: number = 20,
    @Query() q?: string,
    @Query() active: boolean = true,
  ): { id: number; limit: number; q: string | null; active: boolean } {
    return { id, limit, q: q ?? null, active };
  }

  /**
   * @isInt limit
   * @minimum limit 1
   * @maximum limit 100
   */
  @Get('users')
  users(@Query() limit: number = 20): UserView[] {
    // tsoa checks what comes in; what goes out is the handler's.
    return users
      .slice(0, limit)
      .map(({ passwordHash: _hash, resetToken: _token, ...shown }) => shown);
  }

  @Get('profile')
  @Security('bearer')
  profile(@Request() request: Authenticated): ProfileView {
    const { passwordHash: _, ...shown } = request.user;
    return shown;
  }

  @Post('orders')
  @SuccessResponse('201')
  orders(@Body() order: Order): Receipt {
    this.setStatus(201);
    const { customer, tags = [] } = order;
    const address = { ...customer.address, country: customer.address.country ?? 'US' };
    return placeOrder({ ...order, tags, customer: { ...customer, address } });
  }
}
