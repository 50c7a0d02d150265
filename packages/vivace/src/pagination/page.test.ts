import { CursorPage, CursorQuery, Page, PageQuery } from '../responses';

describe('Page', () => {
  it('counts pages, and what comes before the page that is asked for', () => {
    const query = Object.assign(new PageQuery(), { page: 3, size: 2 });
    expect(query.offset).toBe(4);
    expect(Page.of(['e'], 5, query)).toEqual({
      items: ['e'],
      total: 5,
      page: 3,
      size: 2,
      pages: 3,
    });
  });
});

describe('CursorPage', () => {
  const query = Object.assign(new CursorQuery(), { size: 2 });

  it('gives the cursor of its last item while another page may follow', () => {
    expect(CursorPage.of(['a', 'b', 'c'], query, (item) => item)).toEqual({
      items: ['a', 'b'],
      next: 'b',
    });
    expect(CursorPage.of([{ id: 7 }, { id: 8 }], query, ({ id }) => ['id', id])).toMatchObject({
      next: '["id",8]',
    });
  });

  it('ends where fewer items came than were asked for', () => {
    expect(CursorPage.of(['a'], query, (item) => item)).toEqual({ items: ['a'], next: null });
    expect(CursorPage.of([], query, () => 1)).toEqual({ items: [], next: null });
  });
});
