import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Header,
  Injectable,
  Post,
  Query,
  Vivace,
  dependency,
  int,
  provide,
  type Provided,
} from 'vivace';

export class Loan {
  id!: int;
  book!: string;
  member!: string;
  due!: Date;
}

/** Stands for a pool of connections: opened when the application starts, closed when it ends. */
export const shelf = dependency(
  async function* () {
    const loans: Loan[] = [];
    yield loans;
    loans.length = 0;
  },
  { lifetime: 'singleton' },
);

/** One transaction a request: kept if the handler returns, dropped if it throws. */
export const transaction = dependency({ shelf }, function* ({ shelf }) {
  const written: Loan[] = [];
  yield { all: () => [...shelf, ...written], add: (loan: Loan) => void written.push(loan) };
  shelf.push(...written);
});
type Transaction = Provided<typeof transaction>;

export const page = dependency(
  { skip: Query(int, { default: 0, ge: 0 }), limit: Query(int, { default: 20, ge: 1, le: 100 }) },
  ({ skip, limit }) => ({ from: skip, to: skip + limit }),
);
type Page = Provided<typeof page>;

export const member = dependency({ card: Header(String, { alias: 'x-card' }) }, ({ card }) =>
  card.toLowerCase(),
);
export const librarian = dependency({ member }, ({ member }) => {
  if (member !== 'ann') throw new HTTPException(403, 'Librarians only');
  return member;
});

export abstract class Clock {
  abstract now(): Date;
}
@Injectable({ lifetime: 'singleton' })
class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

@Injectable()
class Loans {
  constructor(
    @Depends(transaction) private readonly loans: Transaction,
    private readonly clock: Clock,
  ) {}

  lend(book: string, member: string): Loan {
    const all = this.loans.all();
    const due = new Date(this.clock.now().getTime() + 14 * 86_400_000);
    const loan = { id: all.length + 1, book, member, due };
    this.loans.add(loan);
    if (all.some((other) => other.book === book)) throw new HTTPException(409, `${book} is lent`);
    return loan;
  }
  list({ from, to }: Page): Loan[] {
    return this.loans.all().slice(from, to);
  }
}

@Controller('/loans')
class LoanRoutes {
  constructor(private readonly loans: Loans) {}

  @Post('/:book', { status: 201 })
  lend(book: string, @Depends(member) member: string): Loan {
    return this.loans.lend(book, member);
  }

  @Get('/', { dependencies: [librarian] })
  list(@Depends(page) page: Page): Loan[] {
    return this.loans.list(page);
  }
}

export const app = new Vivace({
  controllers: [LoanRoutes],
  provide: [provide(Clock, SystemClock)],
});
