import { Controller, Get, Post, Vivace, type int } from 'vivace';
import { database, Entity, Id, Session, Transaction } from '@vivace/sql';

@Entity()
class Row {
  @Id() id!: int;
}
@Controller('/rows')
class Rows {
  constructor(private readonly db: Session) {}

  @Get('/')
  list(): Promise<Row[]> {
    return this.db.find(Row, {});
  }
  @Post('/')
  add(): Row {
    return this.db.add(Row, {});
  }
  @Transaction({ isolation: 'serializable', readOnly: true, retries: 2 })
  @Post('/strict')
  strict(): Promise<Row[]> {
    return this.db.find(Row, {});
  }
  @Get('/all')
  async *all(): AsyncGenerator<Row> {
    yield* await this.db.find(Row, {});
  }
}
const app = new Vivace({ controllers: [Rows], extensions: [database({ entities: [Row] })] });

test.each([
  [
    'GET /rows/',
    'reads are plain rows by one statement each, and by MikroORM what that cannot say',
  ],
  ['GET /rows/', 'the first write begins the transaction'],
  [
    'POST /rows/',
    'get and find give rows that MikroORM tracks; insert and patch are one statement',
  ],
  ['POST /rows/', 'the first write begins the transaction'],
  [
    'POST /rows/strict',
    'the first statement begins the transaction, serializable, read only, run again up to 2 times',
  ],
  ['GET /rows/all', 'there is no transaction outside of db.transactional(…)'],
])('explain says which way the session of %s goes: %s', async (operation, words) => {
  const source = await app.explain(operation);
  const [line] = source.split('\n').filter((one) => one.startsWith('// session: '));
  expect(line).toContain(words);
});
