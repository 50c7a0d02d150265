import { ArrayMaxSize, IsOptional, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import {
  Controller,
  Get,
  HTTPException,
  on,
  Patch,
  Path,
  Post,
  Query,
  Vivace,
  type int,
} from 'vivace';
import type { Status } from '../../data/contract.js';
import * as queries from '../../data/queries.js';
import { ready } from '../../ready.js';

class User {
  id!: int;
  name!: string;
  email!: string;
  bio!: string | null;
  createdAt!: Date;
}
class Person {
  id!: int;
  name!: string;
}
class Listed {
  id!: int;
  title!: string;
  summary!: string | null;
  status!: Status;
  views!: int;
  createdAt!: Date;
  author!: Person;
}
class Posts {
  items!: Listed[];
  page!: int;
  limit!: int;
  total!: int;
}
class Tag {
  @Matches(/^[a-z0-9-]{1,30}$/) name!: string;
  @Min(1) @Max(10) weight: int = 1;
}
class PostInput {
  @Min(1) @Max(2_147_483_647) authorId!: int;
  @Length(1, 200) title!: string;
  @Length(1, 10_000) body!: string;
  @MaxLength(500) summary: string | null = null;
  status: Status = 'draft';
  @ArrayMaxSize(10) tags: Tag[] = [];
}
class PostChange {
  @Min(1) version!: int;
  @Length(1, 200) title?: string;
  @Length(1, 10_000) body?: string;
  @IsOptional() @MaxLength(500) summary?: string | null;
  status?: Status;
}
class PostRow {
  id!: int;
  authorId!: int;
  title!: string;
  body!: string;
  summary!: string | null;
  status!: Status;
  views!: int;
  version!: int;
  createdAt!: Date;
  updatedAt!: Date;
}
class Created extends PostRow {
  tags!: Tag[];
}
class Comment {
  id!: int;
  body!: string;
  createdAt!: Date;
  author!: Person;
}
class Full extends Listed {
  body!: string;
  version!: int;
  updatedAt!: Date;
  tags!: Tag[];
  comments!: Comment[];
}
class Move {
  @Min(1) @Max(2_147_483_647) fromId!: int;
  @Min(1) @Max(2_147_483_647) toId!: int;
  @Min(1) @Max(1_000_000) amount!: int;
}
class Account {
  id!: int;
  balance!: int;
}
class Moved {
  from!: Account;
  to!: Account;
}

@Controller()
class Api {
  @Get('/users/:id')
  async user(@Path({ ge: 1, le: 2_147_483_647 }) id: int): Promise<User> {
    return (await queries.readUser(id)) as User;
  }

  @Get('/posts')
  async posts(
    @Query({ ge: 1, le: 100_000 }) page: int = 1,
    @Query({ ge: 1, le: 100 }) limit: int = 20,
    sort: 'created' | '-created' = '-created',
    status?: Status,
  ): Promise<Posts> {
    return (await queries.listPosts(page, limit, sort, status)) as Posts;
  }

  @Post('/posts', { status: 201 })
  async create(input: PostInput): Promise<Created> {
    return (await queries.createPost(input)) as Created;
  }

  @Patch('/posts/:id')
  async change(@Path({ ge: 1, le: 2_147_483_647 }) id: int, change: PostChange): Promise<PostRow> {
    return (await queries.changePost(id, change)) as PostRow;
  }

  @Get('/posts/:id/full')
  async full(@Path({ ge: 1, le: 2_147_483_647 }) id: int): Promise<Full> {
    return (await queries.readFull(id)) as Full;
  }

  @Post('/transfer', { status: 200 })
  async transfer(move: Move): Promise<Moved> {
    return (await queries.transfer(move)) as Moved;
  }
}

const refuse = (status: number, detail: string) => () => {
  throw new HTTPException(status, detail);
};
const server = await new Vivace({
  controllers: [Api],
  exceptions: [
    on(queries.NotFound, refuse(404, 'Not found')),
    on(queries.Conflict, refuse(409, 'Conflict')),
    on(queries.Unfit, refuse(422, 'There is no such author')),
  ],
  logger: false,
  docs: false,
}).listen({ port: Number(process.argv[2]) });
ready(server.url);
