import { ArrayMaxSize, MaxLength } from 'class-validator';
import { Controller, Field, Get, Post, Query, Vivace, type int } from 'vivace';
import {
  cache,
  compress,
  cors,
  decompress,
  idempotency,
  memoryStore,
  rateLimit,
  securityHeaders,
  sessions,
  timeout,
} from 'vivace/middleware';
import { RefreshTokens, signToken } from 'vivace/security';

/** What a variable that is not there becomes. */
const missing = Number(process.env['NOT_THERE']);
const secret = 'KpQk1wq0Zf5m3T8yXv7uRb2nHs9dLc4e';

class Long {
  @MaxLength(missing) text!: string;
}
class Many {
  @ArrayMaxSize(missing) texts!: string[];
}
class Marked {
  @Field({ maxLength: missing }) text!: string;
}
@Controller()
class LongNotes {
  @Post('/')
  write(_note: Long): void {}
}
@Controller()
class ManyNotes {
  @Post('/')
  write(_note: Many): void {}
}
@Controller()
class MarkedNotes {
  @Post('/')
  write(_note: Marked): void {}
}
@Controller()
class Listed {
  @Get('/')
  list(@Query({ le: missing }) _limit: int): void {}
}

describe('a limit that is no number', () => {
  it.each<readonly [string, () => unknown]>([
    ['rateLimit(limit)', () => rateLimit({ limit: missing, seconds: 60 })],
    ['rateLimit(seconds)', () => rateLimit({ limit: 5, seconds: 0 })],
    ['cache(seconds)', () => cache({ seconds: missing })],
    ['compress(minSize)', () => compress({ minSize: -1 })],
    ['cors(maxAge)', () => cors({ origins: 'https://shop.example', maxAge: missing })],
    ['decompress(maxSize)', () => decompress({ maxSize: missing })],
    ['idempotency(seconds)', () => idempotency({ seconds: missing })],
    ['memoryStore(maxKeys)', () => memoryStore({ maxKeys: missing })],
    ['timeout(seconds)', () => timeout(missing)],
    ['securityHeaders(hsts.maxAge)', () => securityHeaders({ hsts: { maxAge: missing } })],
    ['sessions(maxAge)', () => sessions({ secret, maxAge: missing })],
    [
      'new RefreshTokens(seconds)',
      () => new RefreshTokens({ store: memoryStore(), seconds: missing }),
    ],
    ['new Vivace(bodyLimit)', () => new Vivace({ bodyLimit: missing })],
    ['new Vivace(timeouts.handler)', () => new Vivace({ timeouts: { handler: missing } })],
    ['new Vivace(uploads.fileSize)', () => new Vivace({ uploads: { fileSize: -1 } })],
    [
      'new Vivace(webSockets.maxMessage)',
      () => new Vivace({ webSockets: { maxMessage: missing } }),
    ],
    ['new Vivace(errors.limit)', () => new Vivace({ errors: { limit: missing } })],
  ])('is refused where it is given: %s', (place, make) => {
    expect(make).toThrow(`[OPTION_NUMBER] ${place} (`);
    expect(make).toThrow('numbers.test.ts:');
  });

  it('is refused for one operation', async () => {
    @Controller()
    class Notes {
      @Post('/', { bodyLimit: missing })
      write(text: string[]): string[] {
        return text;
      }
    }
    await expect(new Vivace({ controllers: [Notes] }).build()).rejects.toThrow(
      '[OPTION_NUMBER] Notes.write(bodyLimit) (',
    );
  });

  it.each([
    ['Long.text', LongNotes],
    ['Many.texts', ManyNotes],
    ['Marked.text', MarkedNotes],
    ['Listed.list(_limit)', Listed],
  ])('is refused as a constraint: %s', (place, controller) =>
    expect(new Vivace({ controllers: [controller] }).build()).rejects.toThrow(
      `[OPTION_NUMBER] ${place} (`,
    ),
  );

  it('is refused for a token', async () => {
    await expect(signToken({ sub: 'ada' }, secret, { seconds: missing })).rejects.toThrow(
      'above 0, not NaN',
    );
  });

  it('is named as the text that it may be', () => {
    const options = { limit: '5', seconds: 60 } as unknown as { limit: number; seconds: number };
    expect(() => rateLimit(options)).toThrow("It is the text '5', which limits nothing.");
  });
});

it('limits that are not given, 0 where nothing is allowed, and Infinity where everything is, are fine', () => {
  expect(() => [
    rateLimit({ limit: 0, seconds: 1 }),
    new Vivace({ bodyLimit: Infinity, timeouts: { blocked: 0 } }),
  ]).not.toThrow();
});
