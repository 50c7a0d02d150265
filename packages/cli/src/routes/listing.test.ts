import { stripVTControlCharacters } from 'node:util';
import type { EntryInfo, RouteInfo } from 'vivace';
import { entryListing, listing } from './listing';

const route = (path: string, handler: string): RouteInfo => ({
  method: 'GET',
  path,
  host: null,
  apiVersion: null,
  name: 'read',
  operationId: null,
  handler,
  file: 'src/instruments.ts',
  line: 33,
  extension: null,
  inputs: [],
  dependencies: ['desk', 'ledger'],
  middleware: [],
  security: ['desk'],
  status: 200,
  response: 'Instrument',
  tags: [],
  deprecated: false,
  hidden: false,
});
const routes = [
  route('/instruments/mine', 'Instruments.mine'),
  route('/instruments/:instrument_id', 'Instruments.read'),
];
const said = (columns?: number): string[] =>
  stripVTControlCharacters(listing(routes, columns)).split('\n');

describe('the list of operations', () => {
  it('has a line for each where there is room, and where nobody reads it on a terminal', () => {
    for (const columns of [undefined, 200])
      expect(said(columns).slice(0, 3)).toEqual([
        'METHOD  PATH                         HANDLER           ANSWERS         GUARDS  NEEDS   SOURCE',
        'GET     /instruments/mine            Instruments.mine  200 Instrument  desk    ledger  src/instruments.ts:33',
        'GET     /instruments/:instrument_id  Instruments.read  200 Instrument  desk    ledger  src/instruments.ts:33',
      ]);
  });

  it('has two lines for each where a terminal is narrow', () => {
    expect(said(80).slice(0, 2)).toEqual([
      'GET       /instruments/mine  src/instruments.ts:33',
      '          Instruments.mine  200 Instrument  desk, ledger',
    ]);
    expect(
      Math.max(
        ...said(80)
          .slice(0, 4)
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('says what is needed in more lines where one is too narrow for it', () => {
    const dependencies = [
      'desk',
      'ledger',
      'MemoryInstruments',
      'currentMember',
      'LibrarySettings',
    ];
    const long: RouteInfo = {
      ...route('/instruments/:instrument_id/loans', 'Loans.give_back'),
      dependencies,
      status: 204,
      response: null,
    };
    expect(stripVTControlCharacters(listing([long], 60)).split('\n')).toEqual([
      'GET       /instruments/:instrument_id/loans  src/instruments.ts:33',
      '          Loans.give_back  204  desk, ledger,',
      '          MemoryInstruments, currentMember, LibrarySettings',
    ]);
  });

  it('says which of two operations answers a path that both could', () => {
    expect(said().at(-1)).toBe(
      'GET /instruments/mine is answered by Instruments.mine, not by Instruments.read (/instruments/:instrument_id)',
    );
  });

  it('names the extension that adds one', () => {
    const added = { ...route('/jobs', 'Jobs.read'), extension: 'queue' };
    expect(stripVTControlCharacters(listing([added]))).toContain(
      'extension queue, src/instruments.ts:33',
    );
  });

  it('of an application without controllers says so', () =>
    expect(listing([])).toContain('its list of controllers is empty'));
});

test('the list of entry points says what calls them, and for what', () => {
  const billing: EntryInfo = {
    kind: 'EVENT',
    name: 'orders',
    handler: 'Billing.bill',
    file: 'src/billing.ts',
    line: 7,
    extension: 'events',
    payload: 'Order',
    dependencies: [],
  };
  const unnamed = { ...billing, kind: 'JOB', name: null, handler: 'Cleanup.run', file: null };
  expect(stripVTControlCharacters(entryListing([billing, unnamed])).split('\n')).toEqual([
    'EVENT orders → Billing.bill  extension events, src/billing.ts:7',
    'JOB Cleanup.run              extension events',
  ]);
});
