import { uuid7 } from '../src/event/uuid7';

describe('ids of rows', () => {
  it('ascend, are all different, and are UUIDs of version 7 that have the time', () => {
    const begun = Date.now();
    const ids = Array.from({ length: 20_000 }, uuid7);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [ids[0]!, ids.at(-1)!]) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
      expect(time).toBeGreaterThanOrEqual(begun);
      expect(time).toBeLessThanOrEqual(Date.now() + 1);
    }
  });

  it('ascend also where the clock goes back', () => {
    const now = jest.spyOn(Date, 'now');
    const first = uuid7();
    now.mockReturnValue(1_000_000);
    const second = uuid7();
    now.mockRestore();
    expect(second > first).toBe(true);
  });
});
