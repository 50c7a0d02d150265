import { app } from './mongodb';

test('documents of MongoDB are the DTOs', async () => {
  const { components } = await app.openapi();
  const { BookCreate, BookPublic } = components!.schemas!;
  expect(BookCreate).toMatchObject({
    required: ['title'],
    properties: { title: { type: 'string' }, boughtFor: { type: 'number' } },
  });
  expect(Object.keys((BookPublic as { properties: object }).properties)).toEqual([
    '_id',
    'title',
    'tags',
  ]);
});
