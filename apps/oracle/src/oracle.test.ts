import { isPrepared, python } from './environment';
import { FastApi } from './fastapi';
import { Search, SECTION_NAMES } from './search';

const SEED = 20_261_129;
const CASES = 10;

const hasPython = isPrepared() || process.env['CI'] !== undefined;
if (!hasPython)
  console.warn(
    'FastAPI is not asked: there is no Python with it. `npm run oracle -- --prepare` makes one.',
  );

(hasPython ? describe : describe.skip)(
  `${CASES} random programs do what FastAPI and class-validator do`,
  () => {
    it.each(SECTION_NAMES)('%s', async (section) => {
      // Says what is missing.
      python();
      const lines: string[] = [];
      using fastapi = new FastApi();
      const say = (line: string): void => void lines.push(line);
      const search = new Search([section], fastapi, { seed: SEED, keeps: false, say });
      await search.run(CASES, Infinity);
      const agrees = search.report();
      expect(agrees ? [] : lines).toEqual([]);
    });
  },
);
