import { Attempt, Job } from '@vivace/queue';
import type { int } from 'vivace';

export class {{pascal}}Payload {
  id!: int;
}

/** Added with `jobs.add({{pascal}}, { id })` in the transaction of a request; tried again until it works. */
@Job({ retries: 3, timeout: 300 })
export class {{pascal}} {
  async run({ id }: {{pascal}}Payload, attempt: Attempt): Promise<{ id: int; tries: int }> {
    return { id, tries: attempt.number };
  }
}
