import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import type { CursorSeal } from './cursor';
import type { SessionNotices } from './notices';

/** What `database()` opens once for each server, and sessions work on. */
export interface OpenDatabase {
  readonly orm: MikroORM;
  /** The connections below the ORM: sessions take theirs from here. */
  readonly pool: Pool;
  /** Those of a replica, for readers; the same where there is none. */
  readonly readers: Pool;
  readonly cursors: CursorSeal;
  /** Who is told of what may be a mistake; undefined: nobody. */
  readonly notices?: SessionNotices | undefined;
  /** Undefined as long as there is none. */
  readonly log?: () => FastifyBaseLogger | undefined;
}
