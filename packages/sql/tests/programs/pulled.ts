import { Max, MaxLength, Min } from 'class-validator';
import { type bytes, type date, type decimal, type int, type time, type uuid } from 'vivace';
import { Column, Entity, Id, Index, OnDelete, type Rel, Unique } from '@vivace/sql';

@Entity()
@Index({ of: ['level', 'born'] })
@Unique({ of: ['team', 'level'] })
export class GameHeroes {
  @Id() id!: uuid;
  /** As it is called. */
  @MaxLength(80) name!: string;
  @Min(-2_147_483_648) @Max(2_147_483_647) level: int = 1;
  @Column({ type: 'int2' }) small: int | null = null;
  total: bigint = 0n;
  rank: 'rookie' | 'senior' = 'rookie';
  @Column({ precision: 10, scale: 2 }) price: decimal | null = null;
  free: decimal | null = null;
  ratio!: number;
  @Index() born: date | null = null;
  wakes: time | null = null;
  @Column({ type: 'timestamptz(6)' }) madeAt: Date = new Date();
  seen: Date | null = null;
  data: Record<string, unknown> | null = null;
  words: string[] = [];
  numbers: int[] | null = null;
  raw: bytes | null = null;
  @Column({ type: 'inet' }) host: string | null = null;
  active: boolean = false;
  @OnDelete('cascade') team: Rel<Team> | null = null;
  @Column({ name: 'chief' }) chief!: Rel<Team>;
}

@Entity()
export class Team {
  @Id() id!: int;
  @Unique() name!: string;
}
