import { ForeignKeyConstraintViolationException, LockMode } from '@mikro-orm/core';
import { ArrayMaxSize, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import {
  Controller,
  Get,
  HTTPException,
  on,
  Patch,
  Path,
  Post as Posting,
  Query,
  Vivace,
  type int,
} from 'vivace';
import { PageQuery } from 'vivace/responses';
import { Collection, Column, database, Entity, Id, Many, Session, type Rel } from '@vivace/sql';
import type { Status } from '../../data/contract.js';
import { ready } from '../../ready.js';
import { telemetryIfAsked } from '../telemetry-if-asked.js';

@Entity({ table: 'users' })
class User {
  @Id() @Max(2_147_483_647) id!: int;
  name!: string;
  email!: string;
  bio: string | null = null;
  createdAt: Date = new Date();
}
@Entity({ table: 'posts' })
class Post {
  @Id() @Max(2_147_483_647) id!: int;
  author!: Rel<User>;
  @Length(1, 200) title!: string;
  @Length(1, 10_000) body!: string;
  @MaxLength(500) summary: string | null = null;
  status: Status = 'draft';
  @Max(2_147_483_647) views: int = 0;
  @Column({ version: true }) @Max(2_147_483_647) version!: int;
  createdAt: Date = new Date();
  @Column({ onUpdate: () => new Date() }) updatedAt: Date = new Date();
  @Many(() => Tag, 'post') tags = new Collection<Tag>(this);
}
@Entity({ table: 'tags' })
class Tag {
  @Id() @Max(2_147_483_647) id!: int;
  post!: Rel<Post>;
  @Matches(/^[a-z0-9-]{1,30}$/) name!: string;
  @Min(1) @Max(10) weight: int = 1;
}
@Entity({ table: 'comments' })
class Comment {
  @Id() @Max(2_147_483_647) id!: int;
  post!: Rel<Post>;
  author!: Rel<User>;
  body!: string;
  createdAt: Date = new Date();
}
@Entity({ table: 'accounts' })
class Account {
  @Id() @Max(2_147_483_647) id!: int;
  balance!: int;
}

type Person = Pick<User, 'id' | 'name'>;
type TagRow = Pick<Tag, 'name' | 'weight'>;
interface Listed extends Pick<Post, 'id' | 'title' | 'summary' | 'status' | 'views' | 'createdAt'> {
  author: Person;
}
interface Listing {
  items: Listed[];
  page: int;
  limit: int;
  total: int;
}
interface PostRow extends Omit<Post, 'author' | 'tags'> {
  authorId: int;
}
interface Created extends PostRow {
  tags: TagRow[];
}
interface Full extends Listed, Pick<Post, 'body' | 'version' | 'updatedAt'> {
  tags: TagRow[];
  comments: (Pick<Comment, 'id' | 'body' | 'createdAt'> & { author: Person })[];
}
class PostInput {
  @Min(1) @Max(2_147_483_647) authorId!: int;
  @Length(1, 200) title!: string;
  @Length(1, 10_000) body!: string;
  @MaxLength(500) summary: string | null = null;
  status: Status = 'draft';
  @ArrayMaxSize(10) tags: TagRow[] = [];
}
interface PostChange extends Partial<Pick<Post, 'title' | 'body' | 'summary' | 'status'>> {
  version: int;
}
class Move {
  @Min(1) @Max(2_147_483_647) fromId!: int;
  @Min(1) @Max(2_147_483_647) toId!: int;
  @Min(1) @Max(1_000_000) amount!: int;
}

const ORDERS = { created: ['createdAt', 'id'], '-created': ['-createdAt', '-id'] } as const;

@Controller()
class Api {
  constructor(private readonly db: Session) {}

  @Get('/users/:id')
  user(@Path({ ge: 1, le: 2_147_483_647 }) id: int): Promise<User> {
    return this.db.get(User, { id });
  }

  @Get('/posts')
  async posts(
    @Query({ ge: 1, le: 100_000 }) page: int = 1,
    @Query({ ge: 1, le: 100 }) limit: int = 20,
    sort: 'created' | '-created' = '-created',
    status?: Status,
  ): Promise<Listing> {
    const query = Object.assign(new PageQuery(), { page, size: limit });
    const { items, total } = await this.db.page(
      Post,
      query,
      status === undefined ? {} : { status },
      { order: ORDERS[sort], populate: ['author'] },
    );
    return { items, page, limit, total };
  }

  @Posting('/posts', { status: 201 })
  async create(input: PostInput): Promise<Created> {
    const { authorId, ...post } = input;
    const author = this.db.getReference(User, authorId);
    const row = await this.db.insert(Post, { ...post, author } as unknown as Partial<Post>);
    return { ...row, authorId, tags: [...row.tags] };
  }

  @Patch('/posts/:id')
  async change(@Path({ ge: 1, le: 2_147_483_647 }) id: int, input: PostChange): Promise<PostRow> {
    const { version, ...change } = input;
    const row = await this.db.patch(Post, { id }, change, { version });
    return { ...row, authorId: row.author.id };
  }

  @Get('/posts/:id/full')
  async full(@Path({ ge: 1, le: 2_147_483_647 }) id: int): Promise<Full> {
    const [post, comments] = await Promise.all([
      this.db.get(Post, { id }, { populate: ['author', 'tags'] }),
      this.db.find(
        Comment,
        { post: id },
        { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 20, populate: ['author'] },
      ),
    ]);
    return { ...post, tags: [...post.tags], comments };
  }

  @Posting('/transfer', { status: 200 })
  async transfer(move: Move): Promise<{ from: Account; to: Account }> {
    const { fromId, toId, amount } = move;
    const rows = await this.db.find(
      Account,
      { id: { $in: [fromId, toId] } },
      { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const from = rows.find(({ id }) => id === fromId);
    const to = rows.find(({ id }) => id === toId);
    if (from === undefined || to === undefined) throw new HTTPException(404, 'Account not found');
    if (from.balance < amount) throw new HTTPException(409, 'There is not enough money');
    from.balance -= amount;
    to.balance += amount;
    return { from, to };
  }
}

const server = await new Vivace({
  controllers: [Api],
  extensions: [
    ...(await telemetryIfAsked()),
    database({ entities: [User, Post, Tag, Comment, Account] }),
  ],
  exceptions: [
    on(ForeignKeyConstraintViolationException, () => {
      throw new HTTPException(422, 'There is no such author');
    }),
  ],
  logger: false,
  docs: false,
}).listen({ port: Number(process.argv[2]) });
ready(server.url);
