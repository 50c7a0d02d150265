import { Migration } from '@vivace/sql';

/** What stands on the shelves on the first day, and who may borrow it. */
export class Migration20261201000001_shelves extends Migration {
  override up(): void {
    this.addSql(`insert into instruments (name, family, built, weekly, tags) values
      ('Violin "Ysaÿe"', 'strings', 1740, 120, '{concert}'),
      ('Clarinet in B flat', 'woodwind', 1988, 9.5, '{beginner,orchestra}'),
      ('French horn', 'brass', 2004, 18, '{orchestra}'),
      ('Vibraphone', 'percussion', 1975, 35, '{jazz}'),
      ('Harpsichord', 'keyboard', null, 80, '{baroque,heavy}')`);
    this.addSql(`insert into members (name, email, password_hash, joined) values
      ('Clara', 'clara@example.com', 'no password fits', now()),
      ('Django', 'django@example.com', 'no password fits', now())`);
  }

  override down(): void {
    this.addSql('delete from instruments');
    this.addSql('delete from members');
  }
}
