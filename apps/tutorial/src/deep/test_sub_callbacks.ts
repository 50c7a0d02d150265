import { Body, Controller, Get, Post, Vivace, url } from 'vivace';

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

class Event {
  name!: string;
  total!: number;
}

@Controller('{$callback_url}/invoices/{$request.body.id}')
class InvoiceCallbacks {
  @Post('', { response: InvoiceEventReceived })
  invoice_notification(body: InvoiceEvent) {
    return { ok: body.paid };
  }
}

@Controller('{$callback_url}/events/{$request.body.title}')
class EventCallbacks {
  @Get()
  event_callback(@Body() body: Event) {}
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

export const app = new Vivace().include(Invoices, { callbacks: [EventCallbacks] });
