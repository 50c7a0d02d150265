import { getMetadataStorage, IsEmail, Length, Matches, Max, Min } from 'class-validator';
import { Controller, Get, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';

class Pen {
  @Min(1) @Max(9) id!: int;
  @Length(2, 20) name!: string;
  @Matches(/^[a-z-]+$/) slug!: string;
}
class Author {
  @IsEmail() mail!: string;
  @Length(1, 9) nick!: string;
}
@Controller('/pens')
class Pens {
  @Get('/:id') read(id: int): Promise<Pen[]> {
    return Promise.resolve([{ id, name: 'pen', slug: 'a-pen' }]);
  }
  @Post('/') add(pen: Pen): Pen {
    return pen;
  }
  @Post('/authors') addAuthor(author: Author): Author {
    return author;
  }
}

const key = Symbol.for('vivace.types');
const holder = globalThis as unknown as Record<symbol, unknown[]>;

/** The list of compiled classes while something runs, with a count of how many of them were looked at. */
async function watched(run: () => Promise<void>): Promise<{ length: number; looked: number }> {
  const announced = holder[key]!;
  let looked = 0;
  holder[key] = new Proxy(announced, {
    get: (target, property, receiver) => {
      if (/^\d+$/.test(String(property))) looked += 1;
      return Reflect.get(target, property, receiver) as unknown;
    },
  });
  try {
    await run();
    return { length: announced.length, looked };
  } finally {
    holder[key] = announced;
  }
}

async function build(): Promise<void> {
  await using _ = await new Vivace({ controllers: [Pens] }).build();
}

test('an application that is built again finds the compiled classes joined with their types', async () => {
  const length = holder[key]!.length;
  const { looked } = await watched(async () => {
    await build();
    await build();
    await build();
  });
  expect(looked).toBe(length);
});

test('the decorators of class-validator leave nothing behind when they are read', async () => {
  const storage = getMetadataStorage() as unknown as Record<
    'validationMetadatas' | 'constraintMetadatas',
    Map<unknown, unknown>
  >;
  const sizes = () => [
    holder[key]!.length,
    storage.validationMetadatas.size,
    storage.constraintMetadatas.size,
  ];
  const before = sizes();
  await build();
  expect(sizes()).toEqual(before);
});

test('a class that was read for one application is not read again for the next', async () => {
  const read = jest.spyOn(getMetadataStorage(), 'getTargetValidationMetadatas');
  try {
    await build();
    expect(read).not.toHaveBeenCalled();
  } finally {
    read.mockRestore();
  }
});

test('what was printed to read and write a class is not printed again, for lists of it neither', async () => {
  const asked = async (): Promise<void> => {
    await using client = await testClient(new Vivace({ controllers: [Pens] }));
    await client.get('/pens/1');
    await client.post('/pens/', { json: {} });
    await client.post('/pens/authors', { json: {} });
  };
  await asked();
  const printed = jest.spyOn(globalThis, 'Function');
  try {
    await asked();
    const names = printed.mock.calls.flatMap(
      (texts) =>
        /^'use strict';\nreturn (?:async )?function (\w+)/.exec(texts.at(-1) ?? '')?.[1] ?? [],
    );
    // A function for each operation that is asked for, and nothing for what it takes and gives.
    expect(names).toEqual(['Pens_read', 'Pens_add', 'Pens_addAuthor']);
  } finally {
    printed.mockRestore();
  }
});
