import { IsString } from 'class-validator';
import {
  Body,
  Controller,
  Depends,
  File,
  Form,
  Get,
  Path,
  Post,
  Query,
  UploadFile,
  Vivace,
  dependency,
} from 'vivace';
import { testClient } from 'vivace/testing';

class Part {
  @IsString() name!: string;
}

@Controller()
class Whole {
  @Get('/query') query(@Query(Part) { name }: Part) {
    return name;
  }
  @Post('/form') form(@Form(Part) { name }: Part) {
    return name;
  }
  @Post('/body') body(@Body(Part) { name }: Part) {
    return name;
  }
  @Get('/named') named(@Query(String, { alias: 'name' }) text: string) {
    return text;
  }
}

@Controller()
class Twice {
  @Post('/') both(@Body(Part) { name }: Part, @Body(Part) other: Part) {
    return [name, other.name];
  }
}
@Controller()
class Beside {
  @Post('/') both(@Form(Part) { name }: Part, @Form(String, { alias: 'size' }) size: string) {
    return [name, size];
  }
}
@Controller()
class Keys {
  @Post('/') both(
    @Body(Part, { alias: 'one' }) one: Part,
    @Body(Part, { alias: 'two' }) { name }: Part,
  ) {
    return [one.name, name];
  }
}

@Controller()
class Typed {
  @Get('/:id') read(@Path(Number) id: number) {
    return id;
  }
}
@Controller()
class Listed {
  @Get('/') read(@Query([String]) ids: string[]) {
    return ids;
  }
}
@Controller()
class Uploaded {
  @Post('/') save(@File() photo: UploadFile) {
    return photo.filename;
  }
}

@Controller()
class DestructuredTwice {
  @Post('/') both(@Body() { name }: Part, @Body() { name: other }: Part) {
    return [name, other];
  }
}
@Controller()
class DestructuredBeside {
  @Post('/') both(@Body() { name }: Part, @Body() other: Part) {
    return [name, other.name];
  }
}
@Controller()
class OneKey {
  @Post('/') both(@Body({ alias: 'part' }) one: Part, @Body({ alias: 'part' }) two: Part) {
    return [one.name, two.name];
  }
}
const named = dependency({ body: Body(Part) }, ({ body }) => body.name);
@Controller()
class Shared {
  @Post('/') both(@Body() { name }: Part, @Depends(named) other: string) {
    return [name, other];
  }
}

describe('without the types of the program', () => {
  it('what takes a whole body or all values needs no name', async () => {
    await using client = await testClient(
      new Vivace({ controllers: [Whole], types: 'decorators' }),
    );
    const answers = [
      await client.get('/query?name=ann'),
      await client.post('/form', { form: { name: 'ann' } }),
      await client.post('/body', { json: { name: 'ann' } }),
      await client.get('/named?name=ann'),
    ];
    expect(answers.map((answer) => answer.json<unknown>())).toEqual(Array(4).fill('ann'));
  });

  it.each([Twice, Beside])('what takes a whole body is alone with it: %p', async (controller) => {
    await expect(
      new Vivace({ controllers: [controller], types: 'decorators' }).openapi(),
    ).rejects.toThrow(/PARAMETER_NAME[^]*parameter 1[^]*alias: 'name'/);
  });

  it('several parameters read a key each, by the names that they are given', async () => {
    await using client = await testClient(new Vivace({ controllers: [Keys], types: 'decorators' }));
    const json = { one: { name: 'ann' }, two: { name: 'bob' } };
    expect((await client.post('/', { json })).json()).toEqual(['ann', 'bob']);
  });

  it.each([
    [Typed, "@Path(Number, { alias: 'name' })"],
    [Listed, "@Query('name')"],
    [Uploaded, "@File('name')"],
  ])('one value does: %p', async (controller, written) => {
    await expect(
      new Vivace({ controllers: [controller], types: 'decorators' }).openapi(),
    ).rejects.toThrow(`the name on the wire, ${written}, or run npx vivace-types`);
  });
});

describe('with the types of the program', () => {
  it.each([DestructuredTwice, DestructuredBeside])(
    'what is destructured is alone with the body, too: %p',
    async (controller) => {
      await expect(new Vivace({ controllers: [controller] }).openapi()).rejects.toThrow(
        /PARAMETER_NAME[^]*alias: 'name'/,
      );
    },
  );

  it('a key may be read by several parameters', async () => {
    await using client = await testClient(new Vivace({ controllers: [OneKey] }));
    expect((await client.post('/', { json: { part: { name: 'ann' } } })).json()).toEqual([
      'ann',
      'ann',
    ]);
  });

  it('several dependencies may take the whole body', async () => {
    await using client = await testClient(new Vivace({ controllers: [Shared] }));
    expect((await client.post('/', { json: { name: 'ann' } })).json()).toEqual(['ann', 'ann']);
  });
});
