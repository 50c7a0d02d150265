import { Controller, FieldValidator, Get, Query, Vivace } from 'vivace';

const titles = new Map([
  ['isbn-9781529046137', "The Hitchhiker's Guide to the Galaxy"],
  ['imdb-tt0371724', "The Hitchhiker's Guide to the Galaxy"],
  ['isbn-9781439512982', 'Isaac Asimov: The Complete Stories, Vol. 2'],
]);

class Wanted {
  id: string | null = null;

  @FieldValidator('id')
  static knownPrefix(id: string | null) {
    if (id !== null && !/^(isbn|imdb)-/.test(id))
      throw new Error('Invalid ID format, it must start with "isbn-" or "imdb-"');
    return id;
  }
}

@Controller('/items')
class Items {
  @Get('/')
  read_items(@Query() { id }: Wanted) {
    const wanted = id ?? randomId();
    return { id: wanted, name: titles.get(wanted) ?? null };
  }
}

function randomId(): string {
  const ids = [...titles.keys()];
  return ids[Math.floor(Math.random() * ids.length)] ?? '';
}

export const app = new Vivace({ controllers: [Items] });
