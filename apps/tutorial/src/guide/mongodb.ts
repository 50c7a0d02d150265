import { randomUUID } from 'node:crypto';
import { MongoClient, type ClientSession, type Collection } from 'mongodb';
import {
  Controller,
  Depends,
  Get,
  HTTPException,
  Patch,
  Post,
  Vivace,
  dependency,
  type uuid,
} from 'vivace';
import { Settings } from 'vivace/settings';

class Book {
  _id!: uuid;
  title!: string;
  tags: string[] = [];
  boughtFor?: number;
}
type BookCreate = Omit<Book, '_id'>;
type BookPublic = Omit<Book, 'boughtFor'>;

@Settings()
class Environment {
  mongoUrl!: string;
}
const client = dependency(
  { environment: Environment },
  async function* ({ environment }) {
    const client = new MongoClient(environment.mongoUrl);
    yield await client.connect();
    await client.close();
  },
  { lifetime: 'singleton' },
);
const collection = dependency({ client }, ({ client }) => client.db().collection<Book>('books'));
const session = dependency({ client }, async function* ({ client }) {
  const session = client.startSession();
  try {
    session.startTransaction();
    yield session;
    await session.commitTransaction();
  } finally {
    // Takes back what was not committed.
    await session.endSession();
  }
});

@Controller('/books')
class Books {
  constructor(
    @Depends(collection) private readonly books: Collection<Book>,
    @Depends(session) private readonly session: ClientSession,
  ) {}

  @Post('/', { status: 201 })
  async create(book: BookCreate): Promise<BookPublic> {
    const made = { ...book, _id: randomUUID() as uuid };
    await this.books.insertOne(made, { session: this.session });
    return made;
  }
  @Get('/:id')
  async read(id: uuid): Promise<BookPublic> {
    return found(await this.books.findOne({ _id: id }, { session: this.session }));
  }
  @Patch('/:id')
  async change(id: uuid, change: Partial<BookCreate>): Promise<BookPublic> {
    const options = { session: this.session, returnDocument: 'after' } as const;
    return found(await this.books.findOneAndUpdate({ _id: id }, { $set: change }, options));
  }
}

function found(book: Book | null): Book {
  if (book === null) throw new HTTPException(404, 'Book not found');
  return book;
}

export const app = new Vivace({ controllers: [Books] });
