import { MinLength } from 'class-validator';
import {
  Column,
  DataSource,
  Entity,
  EntityManager,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import {
  Controller,
  Get,
  HTTPException,
  Post,
  Query,
  Vivace,
  dependency,
  provide,
  type int,
} from 'vivace';
import { Settings } from 'vivace/settings';
import { transactionOf } from './transaction-of';

@Entity('teams')
export class Team {
  @PrimaryGeneratedColumn() id!: int;
  @Column('text', { unique: true }) name!: string;
}
@Entity('members')
export class Member {
  @PrimaryGeneratedColumn() id!: int;
  @Column('text') @MinLength(2) name!: string;
  @Column('text', { nullable: true }) secretName!: string | null;
  @ManyToOne(() => Team, { nullable: true }) team!: Team | null;
}
type MemberPublic = Omit<Member, 'secretName'>;
type MemberCreate = Pick<Member, 'name' | 'secretName'>;

@Settings()
class Environment {
  databaseUrl!: string;
}
const dataSource = dependency(
  { environment: Environment },
  async function* ({ environment: { databaseUrl: url } }) {
    const source = new DataSource({ type: 'postgres', url, entities: [Team, Member] });
    yield await source.initialize();
    await source.destroy();
  },
  { lifetime: 'singleton' },
);
export const session = dependency({ dataSource }, async function* ({ dataSource }) {
  yield* transactionOf<EntityManager>((work) => dataSource.transaction(work));
});

@Controller('/teams')
class Members {
  constructor(private readonly db: EntityManager) {}

  @Post('/', { status: 201 })
  addTeam(team: Pick<Team, 'name'>): Promise<Team> {
    return this.db.save(Team, team);
  }
  @Post('/:id/members', { status: 201 })
  async add(id: int, member: MemberCreate): Promise<MemberPublic> {
    const team = await this.db.findOneBy(Team, { id });
    if (team === null) throw new HTTPException(404, 'Team not found');
    return this.db.save(Member, { ...member, team });
  }
  @Get('/:id/members')
  list(id: int, @Query() name?: string): Promise<MemberPublic[]> {
    const where = { team: { id }, ...(name !== undefined && { name }) };
    return this.db.find(Member, { where, relations: { team: true }, order: { id: 'asc' } });
  }
}

export const app = new Vivace({
  controllers: [Members],
  provide: [provide(EntityManager, session)],
});
