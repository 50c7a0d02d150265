import { isLinear } from './growth';
import { readers } from './readers';
import { hostileTexts } from './texts';

describe('the time to read a text grows no faster than the text', () => {
  it.each(readers.map((reader, turn) => [reader.name, reader.read, turn] as const))(
    '%s',
    async (_, read, turn) => {
      const slow: string[] = [];
      for (const { name, of } of hostileTexts(turn))
        if (!(await isLinear(read, of))) slow.push(name);
      expect(slow).toEqual([]);
    },
  );
});
