import type { int, uuid } from 'vivace';
import { Consumer, Event, On, type Events } from '@vivace/events';

// Mistakes that the editor shows: this file is compiled, and each expected error has to be one.

@Event('orders', { key: (event) => event.id })
class Placed {
  id!: uuid;
  quantity!: int;
}

@Event('orders', {
  // @ts-expect-error the key is one of its fields
  key: (event: Wrong) => event.number,
})
class Wrong {
  id!: uuid;
}

// @ts-expect-error without a key there is no order
@Event('orders', {})
class Keyless {
  id!: uuid;
}

// @ts-expect-error a consumer has a group
@Consumer({})
class Groupless {
  @On(Placed)
  placed(event: Placed): uuid {
    return event.id;
  }
}

export function publish(events: Events): void {
  events.publish(Placed, { id: 'x' as uuid, quantity: 1 as int });
  // @ts-expect-error a field is missing
  events.publish(Placed, { id: 'x' as uuid });
  // @ts-expect-error a field has another type
  events.publish(Placed, { id: 1, quantity: 1 as int });
}
void Wrong;
void Keyless;
void Groupless;
