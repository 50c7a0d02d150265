import { MaxLength, Min, MinLength } from 'class-validator';
import {
  Controller,
  Get,
  HTTPException,
  Injectable,
  Patch,
  Post,
  Query,
  Vivace,
  type int,
} from 'vivace';
import { CursorPage, CursorQuery, Page, PageQuery } from 'vivace/responses';
import {
  Collection,
  Column,
  database,
  Entity,
  escapeLike,
  Id,
  Index,
  Many,
  ManyToMany,
  OnDelete,
  Reader,
  Repository,
  Session,
  Transaction,
  Unique,
  type Opt,
  type Rel,
} from '@vivace/sql';

@Entity()
export class Author {
  @Id() id!: int;
  /** The name that readers see. */
  @Unique() @MaxLength(80) name!: string;
  @Min(0) credit: int = 0 as int;
  @Many(() => Article, 'author') articles = new Collection<Article>(this);
}

@Entity()
@Unique({ of: ['author', 'title'] })
export class Article {
  @Id() id!: int;
  @MinLength(1) @MaxLength(200) title!: string;
  @Column({ lazy: true }) body!: string;
  summary?: string;
  status: 'draft' | 'published' = 'draft';
  words: string[] = [];
  @Index() createdAt: Date = new Date();
  @Column({ version: true }) version!: Opt<int>;
  @OnDelete('cascade') author!: Rel<Author>;
  @ManyToMany(() => Topic) topics = new Collection<Topic>(this);
}

@Entity()
export class Topic {
  @Id() id!: int;
  @Unique() name!: string;
  @ManyToMany(() => Article, 'topics') articles = new Collection<Article>(this);
}

type ArticleCreate = Pick<Article, 'title' | 'body' | 'summary' | 'words'>;
type ArticleChange = Partial<ArticleCreate> & Pick<Article, 'version'>;
type AuthorPublic = Pick<Author, 'id' | 'name'>;
interface ArticlePublic extends Pick<Article, 'id' | 'title' | 'summary' | 'status' | 'version'> {
  author: Pick<Author, 'id'>;
}
interface ArticleWithAuthor extends Pick<Article, 'id' | 'title'> {
  author: AuthorPublic;
  topics: Iterable<Pick<Topic, 'name'>>;
}
type Sort = 'title' | '-title' | '-createdAt';

export const published: string[] = [];

@Injectable()
class Articles extends Repository(Article) {
  search(text: string): Promise<Article[]> {
    return this.find({ title: { $ilike: `%${escapeLike(text)}%` } });
  }
}

@Controller('/articles')
class ArticleRoutes {
  constructor(
    private readonly db: Session,
    private readonly articles: Articles,
  ) {}

  @Get('/')
  list(@Query() page: PageQuery, sort: Sort = 'title'): Promise<Page<ArticlePublic>> {
    return this.db.page(Article, page, { status: 'published' }, { order: sort });
  }
  @Get('/newest')
  newest(@Query() query: CursorQuery): Promise<CursorPage<ArticleWithAuthor>> {
    return this.db.cursorPage(
      Article,
      query,
      ['-createdAt'],
      {},
      { populate: ['author', 'topics'] },
    );
  }
  @Get('/search')
  search(q: string): Promise<ArticlePublic[]> {
    return this.articles.search(q);
  }
  @Post('/by/:author', { status: 201 })
  create(author: int, article: ArticleCreate): Promise<ArticlePublic> {
    return this.db.insert(Article, { ...article, author: this.db.getReference(Author, author) });
  }
  @Patch('/:id')
  change(id: int, article: ArticleChange): Promise<ArticlePublic> {
    const { version, ...change } = article;
    return this.db.patch(Article, { id }, change, { version });
  }
  @Post('/:id/publish')
  async publish(id: int): Promise<ArticlePublic> {
    const article = await this.db.get(Article, { id });
    article.status = 'published';
    this.db.afterCommit(() => published.push(article.title));
    return article;
  }
}

@Controller('/authors')
class AuthorRoutes {
  constructor(private readonly db: Session) {}

  @Post('/', { status: 201 })
  create(author: Pick<Author, 'name' | 'credit'>): AuthorPublic {
    return this.db.add(Author, author);
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/:from/pay/:to')
  async pay(from: int, to: int, amount: int): Promise<AuthorPublic> {
    const payer = await this.db.get(Author, { id: from });
    const payee = await this.db.get(Author, { id: to });
    if (payer.credit < amount) throw new HTTPException(409, 'Not enough credit');
    this.db.change(payer, { credit: (payer.credit - amount) as int });
    this.db.change(payee, { credit: (payee.credit + amount) as int });
    return payee;
  }
}

@Controller('/reports')
class Reports {
  constructor(private readonly db: Reader) {}

  @Get('/authors/:id')
  author(id: int): Promise<Pick<Author, 'id' | 'name' | 'credit'>> {
    return this.db.get(Author, { id });
  }
}

export const blog = database({ entities: [Author, Article, Topic] });
export const app = new Vivace({
  controllers: [ArticleRoutes, AuthorRoutes, Reports],
  extensions: [blog],
});
