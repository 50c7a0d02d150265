import 'reflect-metadata';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Module,
  NotFoundException,
  Param,
  ParseIntPipe,
  Patch,
  Post as PostRoute,
  Query,
  UnprocessableEntityException,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken, getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, In, Repository } from 'typeorm';
import { Account, Comment, Post, Tag, User } from './nest-entities.js';
import { ListQuery, Move, PostChange, PostInput } from './nest-inputs.js';
import { ready } from '../../ready.js';

@Injectable()
class Posts {
  constructor(
    @Inject(getRepositoryToken(User)) private readonly users: Repository<User>,
    @Inject(getRepositoryToken(Post)) private readonly posts: Repository<Post>,
    @Inject(getRepositoryToken(Comment)) private readonly comments: Repository<Comment>,
    @Inject(getDataSourceToken()) private readonly source: DataSource,
  ) {}

  async user(id: number): Promise<User> {
    return found(await this.users.findOneBy({ id }));
  }

  async list({ page, limit, sort, status }: ListQuery): Promise<object> {
    const direction = sort === 'created' ? 'ASC' : 'DESC';
    const [items, total] = await this.posts.findAndCount({
      select: {
        id: true,
        title: true,
        summary: true,
        status: true,
        views: true,
        createdAt: true,
        author: { id: true, name: true },
      },
      relations: { author: true },
      ...(status !== undefined && { where: { status } }),
      order: { createdAt: direction, id: direction },
      skip: (page - 1) * limit,
      take: limit,
    });
    return { items, page, limit, total };
  }

  async create({ tags, ...input }: PostInput): Promise<object> {
    try {
      const post = await this.posts.save(this.posts.create({ ...input, tags }));
      return { ...post, tags: post.tags.map(({ name, weight }) => ({ name, weight })) };
    } catch (error) {
      if (codeOf(error) === '23503') throw new UnprocessableEntityException();
      throw error;
    }
  }

  async change(id: number, { version, ...change }: PostChange): Promise<Post> {
    const { affected } = await this.posts.update({ id, version }, change);
    const post = found(await this.posts.findOneBy({ id }));
    if (affected !== 1) throw new ConflictException();
    return post;
  }

  async full(id: number): Promise<object> {
    const post = found(
      await this.posts.findOne({
        select: { author: { id: true, name: true }, tags: { id: true, name: true, weight: true } },
        where: { id },
        relations: { author: true, tags: true },
        order: { tags: { id: 'ASC' } },
      }),
    );
    const comments = await this.comments.find({
      select: { id: true, body: true, createdAt: true, author: { id: true, name: true } },
      where: { postId: id },
      relations: { author: true },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 20,
    });
    const { authorId: _, tags, ...row } = post;
    return { ...row, tags: tags.map(({ name, weight }) => ({ name, weight })), comments };
  }

  async transfer({ fromId, toId, amount }: Move): Promise<object> {
    try {
      return await this.source.transaction(async (manager) => {
        const rows = await manager.find(Account, {
          where: { id: In([fromId, toId]) },
          order: { id: 'ASC' },
          lock: { mode: 'pessimistic_write' },
        });
        const from = found(rows.find(({ id }) => id === fromId));
        const to = found(rows.find(({ id }) => id === toId));
        if (from.balance < amount) throw new ConflictException();
        from.balance -= amount;
        to.balance += amount;
        await manager.save([from, to]);
        return { from, to };
      });
    } catch (error) {
      if (codeOf(error) === '40P01') throw new ConflictException();
      throw error;
    }
  }
}

function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new NotFoundException();
  return row;
}

function codeOf(error: unknown): unknown {
  return (error as { driverError?: { code?: string } }).driverError?.code;
}

@Controller()
class Api {
  constructor(@Inject(Posts) private readonly posts: Posts) {}

  @Get('/users/:id')
  user(@Param('id', ParseIntPipe) id: number): Promise<User> {
    if (id < 1) throw new UnprocessableEntityException();
    return this.posts.user(id);
  }
  @Get('/posts')
  list(@Query() query: ListQuery): Promise<object> {
    return this.posts.list(query);
  }
  @PostRoute('/posts')
  create(@Body() input: PostInput): Promise<object> {
    return this.posts.create(input);
  }
  @Patch('/posts/:id')
  change(@Param('id', ParseIntPipe) id: number, @Body() change: PostChange): Promise<Post> {
    return this.posts.change(id, change);
  }
  @Get('/posts/:id/full')
  full(@Param('id', ParseIntPipe) id: number): Promise<object> {
    return this.posts.full(id);
  }
  @PostRoute('/transfer')
  @HttpCode(200)
  transfer(@Body() move: Move): Promise<object> {
    return this.posts.transfer(move);
  }
}

const entities = [User, Post, Tag, Comment, Account];

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      ...(process.env['DATABASE_URL'] !== undefined && { url: process.env['DATABASE_URL'] }),
      entities,
      poolSize: 10,
    }),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [Api],
  providers: [Posts],
})
class App {}

const nest = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), {
  logger: false,
});
nest.useGlobalPipes(
  new ValidationPipe({ transform: true, whitelist: true, errorHttpStatusCode: 422 }),
);
await nest.listen(Number(process.argv[2]), '127.0.0.1');
ready(await nest.getUrl());
