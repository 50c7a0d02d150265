import { Field } from '../declare/field';
import { Secret } from '../declare/secret';
import type { int } from '../declare/types';
import { Settings, envExample, loadSettings } from '../settings';

class Database {
  url!: string;
  pool: int = 5;
}
@Settings({ prefix: 'SHOP_' })
class Shop {
  database!: Database;
  /** Signs the tokens. */
  jwtKey!: Secret;
  fallback: Secret = new Secret('hunter2');
  origins: string[] = ['*'];
  replica: Database | null = null;
  @Field({ alias: 'PORT' }) port: int = 8000;
}

test('an example names all variables, those with a default as comments, and shows no secret', () => {
  expect(envExample(Shop)).toBe(
    [
      'SHOP_DATABASE__URL=',
      '# SHOP_DATABASE__POOL=5',
      '# Signs the tokens.',
      'SHOP_JWT_KEY=',
      '# SHOP_FALLBACK=',
      '# SHOP_ORIGINS=["*"]',
      '# SHOP_REPLICA=',
      '# PORT=8000',
      '',
    ].join('\n'),
  );
});

test('what it names is what is read', () => {
  const names = [...envExample(Shop).matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name!);
  expect(loadSettings(Shop, Object.fromEntries(names.map((name) => [name, 'x'])))).toMatchObject({
    database: { url: 'x', pool: 5 },
  });
});
