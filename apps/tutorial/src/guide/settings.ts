import { Min, MinLength } from 'class-validator';
import { Controller, Get, Injectable, Secret, Vivace, type int, type url } from 'vivace';
import { Settings } from 'vivace/settings';

class Database {
  url!: url;
  @Min(1) pool: int = 5;
}

@Settings({ prefix: 'SHOP_', envFile: ['.env', '.env.local'], secretsDir: '/run/secrets' })
export class ShopSettings {
  database!: Database;
  @MinLength(32) jwtKey!: Secret;
  origins: string[] = [];
  pageSize: int = 20;
  mode: 'live' | 'test' = 'test';
}

@Injectable({ lifetime: 'singleton' })
class Pool {
  constructor(readonly settings: ShopSettings) {}
}

@Controller('/info')
class Info {
  constructor(private readonly pool: Pool) {}

  @Get()
  info(settings: ShopSettings) {
    return {
      database: this.pool.settings.database.url,
      pool: settings.database.pool,
      mode: settings.mode,
      origins: settings.origins,
    };
  }
}

export const app = new Vivace({ controllers: [Info] });
