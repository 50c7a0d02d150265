import { Many, type Session } from '@vivace/sql';
import { Hero, Team } from './guide/heroes';

// Each line below @ts-expect-error is a mistake that the editor has to show.
export async function mistakes(db: Session): Promise<void> {
  // @ts-expect-error no such column
  db.add(Hero, { nickname: 'x' });
  // @ts-expect-error a column of another type
  await db.get(Hero, { age: 'old' });
  // @ts-expect-error a relation that is not there
  await db.get(Team, { id: 1 }, { populate: ['members'] });
  // @ts-expect-error no such column to sort by
  await db.cursorPage(Hero, { size: 10 }, ['-nickname']);
  // @ts-expect-error no such column to change
  await db.patch(Hero, { id: 1 }, { nickname: 'x' });
  // @ts-expect-error a column of another type
  await db.insert(Hero, { name: 1 });
}

export class Wrong {
  // @ts-expect-error the other end has no such field
  @Many(() => Hero, 'club') heroes!: unknown;
}
