import { Exclude, Transform, Type } from 'class-transformer';
import { Controller, Field, Get, Vivace, jsonable, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Place {
  lat?: int;
  lng?: int;
}

class Event {
  name!: string;

  @Transform(({ value }) => (value as Date).toISOString().slice(0, 10), { toPlainOnly: true })
  day!: Date;

  @Transform(({ value }) => (value === null ? 'nobody' : (value as string[]).join(', ')), {
    toPlainOnly: true,
  })
  guests: string[] | null = null;

  @Transform(({ value }) => ({ at: [(value as Place).lat, (value as Place).lng] }), {
    toPlainOnly: true,
  })
  place: Place = { lat: 1, lng: 2 };

  @Exclude()
  secret = 7;

  @Transform(({ obj }) => (obj as Event).label(), { toPlainOnly: true })
  summary!: string;

  @Transform(({ value }) => (typeof value === 'number' ? `${value} €` : value), {
    toPlainOnly: true,
  })
  price?: int;

  @Transform(({ value }) => (value as string).trim())
  note: string = ' x ';

  label(): string {
    return `${this.name} ${this.secret}`;
  }
}

class Calendar {
  @Type(() => Event)
  events!: Event[];
  byName: Record<string, Event> = {};
  next: Event | null = null;
}

const event = (): Event =>
  Object.assign(new Event(), { name: 'party', day: new Date('2026-01-02T03:04:05Z'), secret: 9 });

@Controller()
class Events {
  @Get('/instance')
  instance(): Event {
    return event();
  }
  @Get('/plain')
  plain(): Event {
    return { name: 'party', day: '2026-01-02T03:04:05Z', secret: 9 } as never;
  }
  @Get('/nested')
  nested(): Calendar {
    return { events: [event()], byName: { a: event() }, next: event() };
  }
  @Get('/read')
  read(): Calendar {
    // What makes that the whole has to be read before it is written.
    return {
      events: new Set([event()]),
      byName: new Map([['a', event()]]),
      next: event(),
    } as never;
  }
  @Get('/either')
  either(): Event | Place {
    return event();
  }
  @Get('/free')
  free(): unknown {
    return [event()];
  }
}

const written = {
  name: 'party',
  day: '2026-01-02',
  guests: 'nobody',
  place: { at: [1, 2] },
  summary: 'party 9',
  note: 'x',
};

describe('a serializer', () => {
  it('gives any JSON, of an instance and of a plain object, wherever they stand', async () => {
    await using client = await testClient(new Vivace({ controllers: [Events] }));
    const get = async (path: string): Promise<unknown> => (await client.get(path)).json();
    expect(await get('/instance')).toEqual(written);
    expect(await get('/plain')).toEqual(written);
    const calendar = { events: [written], byName: { a: written }, next: written };
    expect(await get('/nested')).toEqual(calendar);
    expect(await get('/read')).toEqual(calendar);
    expect(await get('/either')).toEqual(written);
    expect(await get('/free')).toEqual([written]);
    expect(jsonable({ event: event() })).toEqual({ event: written });
  });

  it('sees what the program gave where that is not of the type, which is then that of the answer', async () => {
    class Vector {
      constructor(readonly numbers: readonly int[]) {}
    }
    class Model {
      @Field({ type: [Number] })
      @Transform(({ value }) => (value as Vector).numbers, { toPlainOnly: true })
      vector!: Vector;
    }
    @Controller()
    class Models {
      @Get('/')
      model(): Model {
        return { vector: new Vector([1, 2]) };
      }
      @Get('/made')
      made(): Model {
        return Object.assign(new Model(), { vector: new Vector([3]) });
      }
    }
    const app = new Vivace({ controllers: [Models] });
    await using client = await testClient(app);
    expect((await client.get('/')).json()).toEqual({ vector: [1, 2] });
    expect((await client.get('/made')).json()).toEqual({ vector: [3] });
    expect((await app.openapi()).components!.schemas!['Model']).toMatchObject({
      properties: { vector: { type: 'array', items: { type: 'number' } } },
    });
  });
});
