import { MaxLength, MinLength } from 'class-validator';
import type { bytes, decimal, int, uuid } from 'vivace';
import { Collection, Column, Entity, Id, Many, ManyToMany, type Rel } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import { opened } from './opened';
import { statementsOf } from './statements';

@Entity()
export class Author {
  @Id() id!: int;
  @MinLength(1) name!: string;
  @Many(() => Post, 'author') posts = new Collection<Post>(this);
}
@Entity()
export class Tag {
  @Id() id!: uuid;
  name!: string;
}
class Place {
  name!: string;
  since!: Date;
}
@Entity()
export class Post {
  @Id() id!: int;
  @MaxLength(20) title!: string;
  body?: string;
  views: bigint = 0n;
  price: decimal | null = null;
  at: Date = new Date(1000);
  data: bytes | null = null;
  words: string[] = [];
  places: Place[] = [];
  rank: int | null = null;
  @Column({ version: true }) version!: int;
  @Column({ onUpdate: () => new Date(5000) }) changed: Date = new Date(2000);
  author!: Rel<Author>;
  @ManyToMany(() => Tag) tags = new Collection<Tag>(this);
  get label(): string {
    return `${this.title}!`;
  }
}

interface Posts extends Awaited<ReturnType<typeof opened>> {
  /** The texts of statements, from the last `reading` on. */
  readonly texts: string[];
  /** In a session whose reads give plain rows. */
  reading<T>(work: (db: OpenSession) => Promise<T>): Promise<T>;
}

/** Two authors and five posts, of which two have a tag. */
export async function openPosts(): Promise<Posts> {
  const database = await opened([Author, Tag, Post]);
  const texts = statementsOf(database.pool);
  await database.work(async (db) => {
    const ann = db.add(Author, { name: 'Ann' });
    const ben = db.add(Author, { name: 'Ben' });
    const tag = db.add(Tag, { name: 'x' });
    for (const at of [1, 2, 3, 4, 5]) {
      const post = db.add(Post, {
        title: `post ${at}`,
        views: 2n ** 60n,
        price: '1.50' as decimal,
        words: ['a,"{}', 'null'],
        places: [{ name: 'p', since: new Date(7) }],
        data: new Uint8Array([1, 2]),
        rank: at < 4 ? (at as int) : null,
        author: at % 2 === 0 ? ann : ben,
      });
      if (at < 3) post.tags.add(tag);
    }
  });
  return {
    ...database,
    texts,
    async reading(work) {
      texts.length = 0;
      const db = OpenSession.open(database, { isPlain: true });
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    },
  };
}
