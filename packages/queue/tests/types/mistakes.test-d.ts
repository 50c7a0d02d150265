import { Attempt, Cron, Job, type Jobs } from '@vivace/queue';

/* Programs that do not compile: mistakes that the types find. */

class Invoice {
  order!: string;
}
@Job({ retries: 1 })
class Send {
  run(_payload: Invoice, _attempt: Attempt): void {}
}
@Cron('0 3 * * *')
class Nightly {
  run(): void {}
}
// @ts-expect-error a class without run
@Job()
class Idle {
  walk(): void {}
}
// @ts-expect-error no such option
@Job({ retry: 1 })
class Misnamed {
  run(): void {}
}

export async function mistakes(jobs: Jobs): Promise<void> {
  await jobs.add(Send, { order: '1' }, { key: '1', delay: 5 });
  await jobs.add(Nightly, undefined);
  await jobs.addAll(Send, [{ order: '1' }]);
  // @ts-expect-error a payload that the job does not take
  await jobs.add(Send, { orderId: '1' });
  // @ts-expect-error a field of another type
  await jobs.add(Send, { order: 1 });
  // @ts-expect-error a payload is missing
  await jobs.add(Send);
  // @ts-expect-error the job takes none
  await jobs.add(Nightly, { order: '1' });
  // @ts-expect-error no such option
  await jobs.add(Send, { order: '1' }, { dealy: 5 });
  // @ts-expect-error a class without run
  await jobs.add(Idle, undefined);
}
void Misnamed;
