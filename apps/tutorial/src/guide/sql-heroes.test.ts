import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Session } from '@vivace/sql';
import { dependency } from 'vivace';
import { answerDifferences } from '../replay/answer';
import { send } from '../replay/http';
import { readRecording } from '../replay/recording';
import { wireRequest } from '../replay/request';
import { Servers } from '../replay/servers';
import { app } from './sql-heroes';

const TUTORIAL = join(__dirname, '../..');
const recording = readRecording(join(TUTORIAL, 'recordings'), 'tutorial/sql_databases/tutorial001');
const isDocument = ({ same_as }: { same_as?: string } = {}): boolean => same_as !== undefined;

/** SQLite goes on after the largest id that a client chose; a sequence of PostgreSQL does not know of it. */
const goOn = dependency({ db: Session }, ({ db }) =>
  db.execute('alter table hero alter column id restart with 1000'),
);

test('the SQLModel tutorial, written for PostgreSQL, answers as FastAPI was recorded', async () => {
  await using servers = new Servers({ app });
  const exchanges = recording.exchanges.filter(({ response }) => !isDocument(response?.body));
  expect(exchanges).toHaveLength(10);
  const [first] = exchanges;
  await (await servers.serving(first!)).run(goOn);
  for (const exchange of exchanges) {
    const answer = await send(await servers.serving(exchange), wireRequest(exchange.request));
    expect([...answerDifferences(exchange, answer, recording)]).toEqual([]);
  }
});

test('the two programs of the tutorial take at most six tenths of the lines that they take there', () => {
  const whole = linesOf(join(__dirname, 'sql-heroes.ts'));
  const apart = linesOf(join(TUTORIAL, '../../packages/sql/tests/guide/heroes.ts'));
  expect(whole + apart).toBeLessThanOrEqual(0.6 * (THERE.tutorial001 + THERE.tutorial002));
});

/** FastAPI's programs of `sql_databases`, counted in the same way. */
const THERE = { tutorial001: 48, tutorial002: 69 };

/** Without imports, comments, blank lines, and the teams, which the tutorial does not have. */
function linesOf(file: string): number {
  return readFileSync(file, 'utf8')
    .replaceAll(/^import .*?;$/gms, '')
    .replaceAll(/^(?:@[^\n]*\n)?(?:export )?(?:class|interface) Team.*?^\}$/gms, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*\/\/|\bteam:|^type Team/.test(line)).length;
}
