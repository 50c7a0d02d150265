import { IsString } from 'class-validator';
import { Body, Controller, File, Form, Get, Path, Post, Query, UploadFile, Vivace } from 'vivace';
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
