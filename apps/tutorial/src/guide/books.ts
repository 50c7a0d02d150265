import {
  Controller,
  Cookie,
  Delete,
  Get,
  Header,
  HTTPException,
  Post,
  Query,
  Request,
  Route,
  Vivace,
  type int,
} from 'vivace';

class BookIn {
  title!: string;
  pages!: int;
  language: 'en' | 'de' = 'en';
}
class Book extends BookIn {
  id!: int;
}

/** All query parameters of a list at once. */
class Filter {
  language?: 'en' | 'de';
  limit: int = 20;
}

const books = new Map<int, Book>();

@Controller('/books', { tags: ['books'] })
class Books {
  @Get('/')
  list(@Query() filter: Filter, @Query() id: int[] = []): Book[] {
    return [...books.values()]
      .filter((book) => filter.language === undefined || book.language === filter.language)
      .filter((book) => id.length === 0 || id.includes(book.id))
      .slice(0, filter.limit);
  }

  /**
   * One book.
   * @param book_id which one
   */
  @Get('/:book_id')
  read(
    book_id: int,
    fallback?: string,
    @Header() acceptLanguage = 'en',
    @Cookie() theme: string | null = null,
  ) {
    const title = books.get(book_id)?.title ?? fallback;
    if (title === undefined) throw new HTTPException(404, `No book ${book_id}`);
    return { title, language: acceptLanguage, theme };
  }

  @Post('/', { status: 201 })
  create(book: BookIn): Book {
    const created = { ...book, id: books.size + 1 };
    books.set(created.id, created);
    return created;
  }

  @Delete('/:book_id', { status: 204 })
  remove(book_id: int): void {
    if (!books.delete(book_id)) throw new HTTPException(404, `No book ${book_id}`);
  }

  @Route(['PUT', 'PATCH'], '/:book_id/cover/*file')
  cover(book_id: int, file: string, request: Request): string {
    return `${request.method} ${file} of ${book_id}`;
  }
}

export const app = new Vivace({ title: 'Books' }).include(Books, { prefix: '/v1' });
