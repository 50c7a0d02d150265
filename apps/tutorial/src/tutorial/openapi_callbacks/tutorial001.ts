import { Controller, Post, Vivace, url } from 'vivace';

class Invoice {
  id!: string;
  title: string | null = null;
  customer!: string;
  total!: number;
}

class InvoiceEvent {
  description!: string;
  paid!: boolean;
}

class InvoiceEventReceived {
  ok!: boolean;
}

@Controller('{$callback_url}/invoices/{$request.body.id}')
class InvoiceCallbacks {
  @Post('', { response: InvoiceEventReceived })
  invoice_notification(body: InvoiceEvent) {
    return { ok: body.paid };
  }
}

@Controller('/invoices')
class Invoices {
  /**
   * Takes an invoice, and later tells the given address that it was paid.
   */
  @Post('/', { callbacks: [InvoiceCallbacks] })
  create_invoice(invoice: Invoice, callback_url: url | null = null) {
    return { msg: 'Invoice received' };
  }
}

export const app = new Vivace({ controllers: [Invoices] });
