import type { decimal, int } from 'vivace';
import {
  Collection,
  Column,
  Entity,
  Id,
  Index,
  Many,
  ManyToMany,
  Unique,
  type Rel,
} from '@vivace/sql';
import { tablesOf } from '../src/entities/schema';

@Entity()
class Team {
  @Id() id!: int;
}
@Entity()
class Undecided {
  @Id() id!: int;
  value!: string | number;
}
@Entity()
class Seen {
  @Id() id!: int;
  words!: Set<string>;
}
@Entity()
class Mapped {
  @Id() id!: int;
  words!: Map<string, int>;
}
@Entity()
class Nested {
  @Id() id!: int;
  pairs!: Record<string, [int, Set<string>]>;
}
@Entity()
class Keyed {
  @Id() id!: int;
  teamId!: int;
  team!: Rel<Team>;
}
@Entity()
class Snakes {
  @Id() id!: int;
  fooBar!: string;
  foo_bar!: string;
}
@Entity()
class LongName {
  @Id() id!: int;
  aFieldWhoseNameIsLongerThanWhatPostgreSqlTakesForTheNameOfOneColumn!: string;
}
@Entity()
class Dated {
  @Id() id!: int;
  @Column({ version: true }) version!: Date;
}
@Entity()
class Scaled {
  @Id() id!: int;
  @Column({ scale: 2 }) price!: decimal;
}
@Entity()
class Precise {
  @Id() id!: int;
  @Column({ precision: 2000 }) price!: decimal;
}
@Entity()
class LazyKey {
  @Id() @Column({ lazy: true }) id!: int;
}
@Entity()
class Lines {
  @Id() id!: int;
  @Column({ default: 'a\nb' }) text!: string;
}
@Entity()
@Unique({ of: ['room', 'nummer'] })
class Seat {
  @Id() id!: int;
  room!: string;
  number!: int;
}
@Entity()
@Index({ of: [] })
class Unnamed {
  @Id() id!: int;
}
@Entity()
@Index({ of: ['members'] })
class ManyIndexed {
  @Id() id!: int;
  @ManyToMany(() => Team) members = new Collection<Team>(this);
}
@Entity()
class Ends {
  @Id() id!: int;
  teams = new Collection<Team>(this);
}
@Entity()
class Listed {
  @Id() id!: int;
  teams!: Team[];
}
@Entity()
class Elsewhere {
  @Id() id!: int;
  team: Rel<Team> | null = null;
  @Many(() => Elsewhere, 'team') members = new Collection<Elsewhere>(this);
}
@Entity()
class Mirrored {
  @Id() id!: int;
  @ManyToMany(() => Mirrored, 'others') others = new Collection<Mirrored>(this);
}
@Entity()
class Keyless {
  name!: string;
}
class Plain {
  @Id() id!: int;
}
@Entity()
class Pointing {
  @Id() id!: int;
  @Many(() => Plain, 'id') plains = new Collection<Plain>(this);
}
@Entity()
class Alone {
  @Id() id!: int;
  team: Rel<Team> | null = null;
}
@Entity({ table: 'team' })
class Same {
  @Id() id!: int;
}

describe('a class that is no table', () => {
  it.each([
    [[Undecided], 'COLUMN_UNCLEAR', 'Undecided.value'],
    [[Seen], 'COLUMN_UNCLEAR', 'Seen.words'],
    [[Mapped], 'COLUMN_UNCLEAR', 'Mapped.words'],
    [[Nested], 'COLUMN_UNCLEAR', 'Nested.pairs'],
    [[Team, Keyed], 'COLUMN_NAME', 'Keyed.team'],
    [[Snakes], 'COLUMN_NAME', 'Snakes.foo_bar'],
    [[LongName], 'COLUMN_NAME', 'LongName.aField'],
    [[Dated], 'COLUMN_OPTION', 'Dated.version'],
    [[Scaled], 'COLUMN_OPTION', 'Scaled.price'],
    [[Precise], 'COLUMN_OPTION', 'Precise.price'],
    [[LazyKey], 'COLUMN_OPTION', 'LazyKey.id'],
    [[Lines], 'COLUMN_OPTION', 'Lines.text'],
    [[Seat], 'INDEX_FIELD', "Seat: @Unique names 'nummer'"],
    [[Unnamed], 'INDEX_FIELD', 'Unnamed: @Index above the class names no field'],
    [[Team, ManyIndexed], 'INDEX_FIELD', "ManyIndexed: @Index names 'members'"],
    [[Team, Ends], 'COLUMN_UNCLEAR', 'Ends.teams'],
    [[Team, Listed], 'COLUMN_UNCLEAR', 'Listed.teams'],
    [[Team, Elsewhere], 'RELATION_ENDS', 'Elsewhere.members'],
    [[Mirrored], 'RELATION_ENDS', 'Mirrored.others'],
    [[Keyless], 'NO_ID', 'Keyless'],
    [[Plain], 'ENTITY_MISSING', 'Plain'],
    [[Pointing], 'ENTITY_MISSING', 'Pointing.plains'],
    [[Alone], 'ENTITY_MISSING', 'Alone.team'],
    [[Team, Team], 'ENTITY_TWICE', 'Team'],
    [[Team, Same], 'ENTITY_TWICE', 'Same'],
  ])('is refused: %p is %s', (entities, code, place) => {
    expect(() => tablesOf(entities)).toThrow(`[${code}] ${place}`);
    expect(() => tablesOf(entities)).toThrow('Write instead: ');
  });
});
