import { Controller, Depends, Post, dependency, type int } from 'vivace';
import { settle, succeeded } from 'vivace/extend';

export const told: string[] = [];

class Row {
  id!: int;
  name!: string;
}
/** Stands for the session of a database, which gives the ids. */
class Session {
  readonly #added: Row[] = [];

  add(row: Partial<Row>): Row {
    this.#added.push(row as Row);
    return row as Row;
  }
  /** Before the answer is written: what the database gives is in it. */
  async [settle](): Promise<void> {
    await Promise.resolve();
    for (const [index, row] of this.#added.entries()) row.id = index + 1;
  }
  /** After every commit, whatever was opened first. */
  [succeeded](): void {
    told.push(...this.#added.map(({ name }) => name));
  }
}
export const session = dependency(async function* () {
  yield new Session();
});

@Controller('/rows')
export class Rows {
  @Post('/', { status: 201 })
  add(@Depends(session) rows: Session, name: string): Row {
    return rows.add({ name });
  }
}
