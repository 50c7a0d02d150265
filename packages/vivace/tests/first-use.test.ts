import { tracingChannel } from 'node:diagnostics_channel';
import { IsString } from 'class-validator';
import {
  Controller,
  Depends,
  dependency,
  Field,
  Get,
  Model,
  Post,
  type Provided,
  Vivace,
} from 'vivace';
import { testClient } from 'vivace/testing';

class Cat {
  kind!: string;
}
class Dog {
  kind!: string;
}
class Pet {
  @Field({ discriminator: 'kind' }) animal!: Cat | Dog;
}
class Item {
  @IsString() name!: string;
}
@Model({ name: 'Item' })
class Other {
  price!: number;
}
@Model({ name: 'HTTPValidationError' })
class Refused {
  reason!: string;
}

@Controller('/pets')
class Pets {
  @Post()
  create(pet: Pet): void {
    void pet;
  }
}
@Controller('/items')
class Items {
  @Get()
  read(): Item {
    return { name: 'violin' };
  }
}
@Controller('/others')
class Others {
  @Get()
  read(): Other {
    return { price: 1 };
  }
}
@Controller('/refused')
class Refusals {
  @Get()
  read(limit: number): Refused {
    return { reason: String(limit) };
  }
}

/** Counts how often the document reads what an operation adds to it. */
function counted(): { readonly controller: new () => object; readonly reads: () => number } {
  let reads = 0;
  const openapiExtra = {
    get 'x-note'() {
      reads += 1;
      return 'read';
    },
  };
  @Controller()
  class Noted {
    @Get('/noted', { openapiExtra })
    read(): string {
      return 'noted';
    }
  }
  return { controller: Noted, reads: () => reads };
}

describe('The document is written on first use', () => {
  it('where nothing can be wrong with it', async () => {
    const { controller, reads } = counted();
    await using client = await testClient(new Vivace({ controllers: [controller, Items] }));
    const before = reads();
    const { paths } = (await client.get('/openapi.json')).json<{ paths: object }>();
    expect(paths).toMatchObject({ '/noted': { get: { 'x-note': 'read' } }, '/items': {} });
    expect([before, reads() > 0]).toEqual([0, true]);
  });

  it.each([
    ['two types want one name', [Items, Others]],
    ['a type has the name of an answer of the framework', [Refusals]],
  ])('but at boot where %s', async (_, controllers) => {
    await expect(new Vivace({ controllers }).build()).rejects.toThrow('COMPONENT_NAME');
  });

  it('and at boot where the program changes it', async () => {
    const transform = (): never => {
      throw new Error('changed');
    };
    const app = new Vivace({ controllers: [Items], docs: { transform } });
    await expect(app.build()).rejects.toThrow('changed');
  });
});

describe('The function of an operation is printed on first use', () => {
  it('and a union whose members cannot be told apart is refused at boot all the same, also without a document', async () => {
    const app = new Vivace({ controllers: [Pets], docs: false });
    await expect(app.build()).rejects.toThrow('DISCRIMINATOR');
  });

  it('for those who listened when the application was built', async () => {
    const calls: string[] = [];
    const channel = tracingChannel<unknown, { name: string }>('vivace:dependency');
    const listener = { start: ({ name }: { name: string }) => void calls.push(name) };
    const clock = dependency(() => 12);
    @Controller()
    class Clocks {
      @Get('/hour')
      hour(@Depends(clock) hour: Provided<typeof clock>): number {
        return hour;
      }
    }
    channel.subscribe(listener as never);
    await using client = await testClient(new Vivace({ controllers: [Clocks] }));
    channel.unsubscribe(listener as never);
    channel.subscribe(listener as never);
    expect((await client.get('/hour')).json()).toBe(12);
    channel.unsubscribe(listener as never);
    expect(calls).toHaveLength(1);
  });
});
