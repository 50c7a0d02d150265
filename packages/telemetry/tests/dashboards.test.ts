import { channel } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Vivace } from 'vivace';
import { testClient } from 'vivace/testing';
import { queue } from '@vivace/queue';
import { Cache, redis } from '@vivace/redis';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { telemetry } from '@vivace/telemetry';
import { parse } from 'yaml';
import { Collector } from './collector';
import { samplesOf } from './prometheus';
import { SendInvoice } from './programs/invoices';

@Controller()
class Home {
  constructor(private readonly cache: Cache) {}
  @Get('/') read(): Promise<string> {
    return this.cache.of(String, 'home', { seconds: 60 }, async () => 'home');
  }
}
const shop = database({ entities: [] });
const db = testDatabase(shop);
const folder = join(__dirname, '../dashboards');

interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}
interface Dashboard {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
}

/** Words of PromQL beside the names of metrics. */
const LABELS = /\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)|"[^"]*"/g;
const namesIn = (expression: string): readonly string[] =>
  (
    expression.replaceAll(LABELS, '').match(/\b[a-z][a-z0-9_]*_[a-z0-9_]+\b|\bjobs\b/g) ?? []
  ).filter((name) => name !== 'histogram_quantile');

test('every number that the dashboard and the alerts name is told', async () => {
  await using collector = await Collector.open();
  await using fresh = await db.fresh();
  const app = new Vivace({
    controllers: [Home],
    extensions: [telemetry(), shop, redis(), queue({ jobs: [SendInvoice] })],
    logger: false,
  });
  const options = { overrides: [fresh.override], env: collector.env };
  await using client = await testClient(app, options);
  await client.get('/');
  const lag = [{ group: 'billing', topic: 'orders', lag: 0 }];
  channel('vivace:events').publish({ waiting: 0, lag });
  const text = (await client.get('/metrics')).text;
  const told = new Set(samplesOf(text).map(({ name }) => name));
  // Counters have no sample before they count.
  told.add('telemetry_spans_lost_total');
  // Several workers tell it.
  told.add('vivace_workers_silent');

  const alerts = parse(readFileSync(join(folder, 'alerts.yml'), 'utf8')) as Alerts;
  const dashboard = JSON.parse(readFileSync(join(folder, 'grafana.json'), 'utf8')) as Dashboard;
  const expressions = [
    ...alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  const named = expressions.map((expression) => [expression, namesIn(expression)] as const);
  expect(named.filter(([, names]) => names.length === 0)).toEqual([]);
  expect(named.filter(([, names]) => !names.every((name) => told.has(name)))).toEqual([]);
});
