/** What the handlers do; the same for every server, so that only the frameworks differ. */
export interface OrderItem {
  sku: string;
  quantity: number;
  unitPrice: number;
}
export interface OrderBody {
  customer: {
    name: string;
    email: string;
    address: { street: string; city: string; country: string; zip: string };
  };
  items: OrderItem[];
  note?: string;
  tags: string[];
}

export const greeting = { message: 'Hello, World!' };

export function placeOrder(order: OrderBody) {
  let total = 0;
  for (const item of order.items) total += item.quantity * item.unitPrice;
  return {
    id: 'ord_1',
    total: Math.round(total * 100) / 100,
    status: 'accepted',
    customer: { name: order.customer.name, email: order.customer.email },
    itemCount: order.items.length,
  };
}

export const users = Array.from({ length: 100 }, (_, index) => ({
  id: index + 1,
  email: `user${index + 1}@example.com`,
  name: `Usér ${index + 1}`,
  age: 20 + (index % 50),
  balance: index * 12.25,
  active: index % 3 > 0,
  role: index % 10 === 0 ? 'admin' : 'member',
  city: index % 4 === 0 ? null : 'Wien',
  tags: ['new', 'north'],
  createdAt: new Date(Date.UTC(2024, index % 12, 1 + (index % 28), 12, index % 60, 1, 500)),
  // Secrets, which no response may show.
  passwordHash: `$2b$${index}`,
  resetToken: `token-${index}`,
}));

/** What a session of a database would be: opened for a request, closed when it has been answered. */
export class Session {
  static opened = 0;
  static closed = 0;

  constructor() {
    Session.opened += 1;
  }
  find(token: string): Person | undefined {
    return people.get(token);
  }
  close(): void {
    Session.closed += 1;
  }
}
export interface Person {
  id: number;
  email: string;
  name: string;
  roles: string[];
  createdAt: Date;
  passwordHash: string;
}
const people = new Map<string, Person>([
  [
    'ada',
    {
      id: 7,
      email: 'ada@example.com',
      name: 'Ada',
      roles: ['member', 'editor'],
      createdAt: new Date(Date.UTC(2024, 1, 2, 3, 4, 5, 600)),
      passwordHash: '$2b$7',
    },
  ],
]);
