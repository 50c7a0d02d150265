import {
  Controller,
  Depends,
  Get,
  Post,
  Query,
  Rooms,
  Vivace,
  dependency,
  int,
  type Provided,
} from 'vivace';

const page = dependency({ skip: Query(int, { default: 0, ge: 0 }) }, ({ skip }) => ({
  from: skip,
  to: skip + 10,
}));
type Page = Provided<typeof page>;
const later = dependency(() => Promise.resolve('later'));

class Part {
  name!: string;
}
class Item {
  parts: Part[] = [];
}

@Controller('/items')
class Items {
  @Post('/')
  add(item: Item) {
    return item;
  }
  @Get('/:item_id')
  read(item_id: int, @Depends(page) page: Page) {
    return { item_id, ...page };
  }
  @Get('/')
  list(@Depends(later) word: string) {
    return word;
  }
}
const app = new Vivace({ controllers: [Items] });

describe('app.explain', () => {
  it('shows the function of an operation, named as in the program', async () => {
    const source = await app.explain('GET /items/:item_id');
    expect(source).toMatch(/^\/\/ \S*explain.test.ts:\d+\nfunction Items_read\(request\) \{/);
    expect(source).toMatch(/page = \$page\$\(\{ skip: skip \}\);/);
  });

  it('shows a synchronous function where nothing has to be waited for, though nobody wrote return types', async () => {
    expect(await app.explain('get /items/:item_id')).not.toContain('await');
    expect(await app.explain('GET /items/')).toMatch(/^async function/m);
    const adding = await app.explain('POST /items/');
    expect(adding).toMatch(/^function Items_add\(request, exchange\) \{/m);
    expect(adding).toContain('return exchange.withBody((body) => {');
  });

  it('has a name for each singleton, also for several of one name', async () => {
    const make = (value: number) =>
      dependency(() => ({ value }), { lifetime: 'singleton', name: 'pool' });
    const [one, other] = [make(1), make(2)];
    const both = dependency({ first: one, second: other, again: one }, (given) => given);
    @Controller('/pools')
    class Pools {
      constructor(private readonly rooms: Rooms) {}
      @Get('/') list(@Depends(both) given: Provided<typeof both>) {
        return [given, this.rooms];
      }
    }
    const source = await new Vivace({ controllers: [Pools] }).explain('GET /pools/');
    const names = /first: (\S+), second: (\S+), again: (\S+) \}/.exec(source)!.slice(1);
    expect(names[0]).toBe(names[2]);
    expect(names[0]).not.toBe(names[1]);
    expect(source).toContain('new $Pools$($rooms$)');
  });

  it('shows the validators of the DTOs that are read', async () => {
    const source = await app.explain('POST /items/');
    expect(source).toContain('function read_Item(value, object) {');
    expect(source).toContain('function read_Part(value, object) {');
  });

  it('names the operations that there are', async () => {
    await expect(app.explain('GET /item')).rejects.toThrow(
      'there are POST /items/, GET /items/:item_id, GET /items/.',
    );
  });
});
