import { columns, Hero, Team } from './columns';

test('a class says what columns its table has', () => {
  expect(columns(Team)).toEqual([
    'id int not null',
    'name varchar(80) not null',
    'budget decimal not null default 0',
  ]);
  expect(columns(Hero)).toEqual([
    'id int not null',
    'rank literal not null default rookie',
    'joined instant not null',
    'team references Team',
  ]);
});
