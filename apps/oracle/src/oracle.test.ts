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

(hasPython ? it : it.skip)(
  `${CASES} random programs of each section do what FastAPI and class-validator do`,
  async () => {
    // Says what is missing.
    python();
    const lines: string[] = [];
    using fastapi = new FastApi();
    const say = (line: string): void => void lines.push(line);
    const search = new Search(SECTION_NAMES, fastapi, { seed: SEED, keeps: false, say });
    await search.run(CASES, Infinity);
    const agrees = search.report();
    expect(agrees ? [] : lines).toEqual([]);
  },
);
