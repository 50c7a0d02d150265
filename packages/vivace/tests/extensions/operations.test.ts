import { Controller, dependency, Get, Query, Vivace, type int } from 'vivace';
import { Occasion, type Plan } from 'vivace/extend';
import { CursorPage, CursorQuery, PageQuery } from 'vivace/responses';

class Row {
  id!: int;
}
@Controller('/rows')
class Rows {
  @Get('/')
  list(@Query() query: CursorQuery): CursorPage<Row> {
    return CursorPage.of([], query, () => null);
  }
}

test('an extension asks before anything opens whether operations speak of a class', async () => {
  let plan: Plan;
  const asking = { name: 'asking', check: (given: Plan) => void (plan = given) };
  const app = new Vivace({ controllers: [Rows], extensions: [asking], logger: false });
  await using _ = await app.build();
  expect([CursorQuery, Row, PageQuery].map((type) => plan.speaksOf(type))).toEqual([
    true,
    true,
    false,
  ]);
});

test('explain shows what a dependency says of the occasion that it is opened for', async () => {
  const opened = dependency({ occasion: Occasion }, ({ occasion }) => occasion.kind, {
    name: 'opened',
    explain: ({ readsOnly }) => (readsOnly ? 'it only reads' : 'it writes'),
  });
  const app = new Vivace({ controllers: [Rows], dependencies: [opened], logger: false });
  expect(await app.explain('GET /rows/')).toContain('\n// opened: it only reads\n');
});
