import {
  Controller,
  Field,
  FieldValidator,
  Get,
  Model,
  ModelValidator,
  Patch,
  Post,
  Vivace,
  copy,
  dump,
  make,
  parse,
  type int,
} from 'vivace';
import { jsonSchema } from 'vivace/openapi';

@Model({ alias: 'camel', byName: true })
class Booking {
  guest!: string;
  from!: int;
  to!: int;
  bed_count: int = 2;
  nights_paid: int = 0;
  #seen = 0;
  private readonly key = 'k';

  /** Sees the fields before it. */
  @FieldValidator('to')
  static later(to: int, { values }: { values: Readonly<Record<string, unknown>> }) {
    if (typeof values['from'] === 'number' && to <= values['from'])
      throw new Error('it ends before it begins');
    return to;
  }
  /** The whole as it was sent. */
  @ModelValidator({ mode: 'before' })
  static words(sent: unknown) {
    if (typeof sent !== 'string') return sent;
    const [guest, from, to] = sent.split(' ');
    return { guest, from, to };
  }
  /** The whole when every field fits. */
  @ModelValidator()
  paid() {
    if (this.nights_paid > this.nights) throw new Error('more paid than stayed');
  }
  @Field() get nights(): int {
    return this.to - this.from;
  }
  seen(): string {
    return `${this.key}${++this.#seen}`;
  }
}
@Model({ strict: true })
class Strict {
  beds!: int;
}
type BookingChange = Partial<Omit<Booking, 'guest' | 'nights' | 'seen'>>;

let booking = make(Booking, { guest: 'Ann', from: 1, to: 3 });

@Controller('/bookings')
class Bookings {
  @Post('/')
  book(next: Booking): Booking {
    return (booking = next);
  }
  @Patch('/')
  change(change: BookingChange): Booking {
    return (booking = copy(booking, dump(change, { excludeUnset: true })));
  }
  @Post('/text')
  text(line: string): Booking {
    return parse(Booking, line);
  }
  @Post('/strict')
  strict(strict: Strict): Strict {
    return strict;
  }
  @Get('/schema')
  schema() {
    return jsonSchema(Booking, { mode: 'output' });
  }
}

export const app = new Vivace({ controllers: [Bookings] });
