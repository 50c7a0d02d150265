/** What the handlers do; the same for every server, so that only the frameworks differ. */
export interface OrderItem {
  sku: string;
  quantity: number;
  unitPrice: number;
}
export interface OrderBody {
  customer: { name: string; email: string; address: { street: string; city: string; country: string; zip: string } };
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
