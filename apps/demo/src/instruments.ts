import {
  Controller,
  Delete,
  Get,
  HTTPException,
  on,
  Patch,
  Post,
  Query,
  Throws,
  type int,
} from 'vivace';
import { JSONResponse, Page, PageQuery } from 'vivace/responses';
import { Jobs } from '@vivace/queue';
import { LockMode, Session } from '@vivace/sql';
import { desk } from './desk.js';
import { type Family, Instrument, Member } from './entities.js';
import {
  Message,
  type InstrumentChanges,
  type InstrumentIn,
  type InstrumentOut,
  type Loan,
} from './models.js';
import { SendReceipt } from './receipts.js';

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
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}

  /** Lists the instruments, those of one family if you name it. */
  @Get()
  list(
    @Query() page: PageQuery,
    family: Family | null = null,
    @Query({ description: 'Only what can be borrowed now.' }) available: boolean = false,
    sort: 'name' | '-name' | 'weekly' | '-weekly' = 'name',
  ): Promise<Page<InstrumentOut>> {
    const where = { ...(family !== null && { family }), ...(available && { lentTo: null }) };
    return this.db.page(Instrument, page, where, { order: sort, populate: ['lentTo'] });
  }

  @Get('/:instrument_id', { responses: { 404: { response: Message } } })
  read(instrument_id: int): Promise<InstrumentOut> {
    return this.#find(instrument_id);
  }

  /** Puts an instrument on the shelves. */
  @Post('', { status: 201, dependencies: [desk] })
  add(instrument: InstrumentIn): InstrumentOut {
    return this.db.add(Instrument, instrument);
  }

  @Throws(NotOnTheShelf)
  @Patch('/:instrument_id', { dependencies: [desk] })
  async change(instrument_id: int, changes: InstrumentChanges): Promise<InstrumentOut> {
    return this.db.change(await this.#find(instrument_id), changes);
  }

  @Throws(NotOnTheShelf)
  @Delete('/:instrument_id', { status: 204, dependencies: [desk] })
  async remove(instrument_id: int): Promise<void> {
    this.db.remove(await this.#find(instrument_id));
  }

  /** Borrows an instrument for a number of weeks. The loan and the receipt are kept together, or neither is. */
  @Throws(NotOnTheShelf, 404, 409)
  @Post('/:instrument_id/loans', { status: 201 })
  async lend(
    instrument_id: int,
    member_id: int,
    @Query({ ge: 1, le: 12 }) weeks: int = 1,
  ): Promise<Loan> {
    const member = await this.db.get(Member, { id: member_id });
    const instrument = await this.#find(instrument_id, 'hold');
    if (!instrument.available)
      throw new HTTPException(409, `${instrument.name} is lent to ${instrument.lentTo?.name}.`);
    this.db.change(instrument, { lentTo: member });
    const until = new Date(Date.now() + weeks * WEEK);
    await this.jobs.add(SendReceipt, { instrument: instrument_id, member: member_id, until });
    return { instrument, member, until };
  }

  @Throws(NotOnTheShelf)
  @Delete('/:instrument_id/loans', { status: 204 })
  async giveBack(instrument_id: int): Promise<void> {
    this.db.change(await this.#find(instrument_id), { lentTo: null });
  }

  /** @param how `hold`: nobody else changes it before the end of the request */
  async #find(id: int, how?: 'hold') {
    const instrument = await this.db.findOne(
      Instrument,
      { id },
      { populate: ['lentTo'], ...(how === 'hold' && { lockMode: LockMode.PESSIMISTIC_WRITE }) },
    );
    if (!instrument) throw new NotOnTheShelf(`There is no instrument ${id}.`);
    return instrument;
  }
}
