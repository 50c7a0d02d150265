import { Min } from 'class-validator';
import {
  Controller,
  Get,
  HTTPException,
  Post,
  RequestValidationError,
  Throws,
  Vivace,
  on,
  type int,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';

/** An error with its own status and words. */
export class NoSuchShow extends HTTPException {
  constructor(id?: int) {
    super(404, id === undefined ? 'No such show' : `There is no show ${id}`);
  }
}

/** An error of the domain, which knows nothing of HTTP but the status that it is documented with. */
export class SoldOut extends Error {
  static readonly status = 409;
  constructor(readonly left: int) {
    super(`${left} seats left`);
  }
}

export class Order {
  @Min(1) seats!: int;
}
class Show {
  id!: int;
  left!: int;
}
class Problem {
  message!: string;
}
class InvalidInput extends Problem {
  fields!: Record<string, string>;
}

const shows = new Map<int, Show>([[1, { id: 1, left: 4 }]]);

@Controller('/shows', { tags: ['shows'] })
@Throws(NoSuchShow)
class Shows {
  @Get('/:id')
  read(id: int): Show {
    const show = shows.get(id);
    if (show === undefined) throw new NoSuchShow(id);
    return show;
  }

  @Throws(SoldOut)
  @Post('/:id/orders', { status: 201 })
  order(id: int, order: Order): Show {
    const show = this.read(id);
    if (order.seats > show.left) throw new SoldOut(show.left);
    show.left -= order.seats;
    return show;
  }
}

const say = (status: number, message: string) => new JSONResponse({ message }, { status });

export const app = new Vivace({
  controllers: [Shows],
  responses: { '4XX': { response: Problem }, 422: { response: InvalidInput } },
  exceptions: [
    on(SoldOut, ({ left }) => say(409, left === 0 ? 'Sold out' : `Only ${left} left`)),
    on(
      HTTPException,
      ({ status, message, headers }) => new JSONResponse({ message }, { status, headers }),
    ),
    on(RequestValidationError, ({ issues }) => {
      const fields = Object.fromEntries(
        issues.map(({ loc, msg }) => [loc.slice(1).join('.'), msg]),
      );
      return new JSONResponse({ message: 'Please check your input', fields }, { status: 422 });
    }),
    on(Error, () => say(500, 'Our mistake. We have been told.')),
  ],
});
