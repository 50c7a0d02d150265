import {
  BackgroundTasks,
  Controller,
  copy,
  Delete,
  Depends,
  dump,
  Get,
  HTTPException,
  on,
  Patch,
  Post,
  Query,
  Throws,
  type int,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';
import { desk } from './desk.js';
import { ledger, type Ledger } from './ledger.js';
import { Library } from './library.js';
import {
  type Family,
  Instrument,
  InstrumentChanges,
  InstrumentIn,
  type Loan,
  Message,
} from './models.js';

const WEEK = 7 * 24 * 60 * 60 * 1000;

class NotOnTheShelf extends Error {
  static readonly status = 404;
}

@Controller('/instruments', {
  tags: ['instruments'],
  exceptions: [
    on(NotOnTheShelf, (error) => new JSONResponse({ message: error.message }, { status: 404 })),
  ],
})
export class InstrumentsController {
  constructor(private readonly library: Library) {}

  /** Lists the instruments, those of one family if you name it. */
  @Get()
  list(
    family: Family | null = null,
    @Query({ description: 'Only what can be borrowed now.' }) available: boolean = false,
    @Query({ ge: 0 }) skip: int = 0,
    @Query({ ge: 1, le: 100 }) limit: int = 20,
  ): Instrument[] {
    return [...this.library.instruments.values()]
      .filter(
        (instrument) =>
          (family === null || instrument.family === family) && (!available || instrument.available),
      )
      .slice(skip, skip + limit);
  }

  @Get('/:instrument_id', { responses: { 404: { response: Message } } })
  read(instrument_id: int): Instrument {
    return this.#find(instrument_id);
  }

  /** Puts an instrument on the shelves. */
  @Post('', { status: 201, dependencies: [desk] })
  add(instrument: InstrumentIn, tasks: BackgroundTasks): Instrument {
    tasks.add((name) => console.log(`a letter to all members: we have a ${name}`), instrument.name);
    return this.library.add(instrument);
  }

  @Throws(NotOnTheShelf)
  @Patch('/:instrument_id', { dependencies: [desk] })
  change(instrument_id: int, changes: InstrumentChanges): Instrument {
    const changed = copy(this.#find(instrument_id), dump(changes, { excludeUnset: true }));
    this.library.instruments.set(instrument_id, changed);
    return changed;
  }

  @Throws(NotOnTheShelf)
  @Delete('/:instrument_id', { status: 204, dependencies: [desk] })
  remove(instrument_id: int): void {
    if (!this.library.instruments.delete(instrument_id))
      throw new NotOnTheShelf(`There is no instrument ${instrument_id}.`);
  }

  /** Borrows an instrument for a number of weeks. */
  @Throws(NotOnTheShelf, 404, 409)
  @Post('/:instrument_id/loans', { status: 201 })
  lend(
    instrument_id: int,
    member_id: int,
    @Depends(ledger) book: Ledger,
    @Query({ ge: 1, le: 12 }) weeks: int = 1,
  ): Loan {
    const instrument = this.#find(instrument_id);
    const member = this.library.members.get(member_id);
    if (!member) throw new HTTPException(404, `There is no member ${member_id}.`);
    if (!instrument.available)
      throw new HTTPException(409, `${instrument.name} is lent to member ${instrument.lentTo}.`);
    book.lend(instrument, member_id);
    return { instrument, member, until: new Date(Date.now() + weeks * WEEK) };
  }

  @Throws(NotOnTheShelf)
  @Delete('/:instrument_id/loans', { status: 204 })
  giveBack(instrument_id: int, @Depends(ledger) book: Ledger): void {
    book.lend(this.#find(instrument_id), null);
  }

  #find(id: int): Instrument {
    const instrument = this.library.instruments.get(id);
    if (!instrument) throw new NotOnTheShelf(`There is no instrument ${id}.`);
    return instrument;
  }
}
