export { Attempt } from './attempt';
export { Cron } from './cron';
export { Job, type JobClass, type JobOptions, type PayloadOf, type Runnable } from './job';
export type { AddOptions } from './add-options';
export { Jobs } from './jobs';
export { queue, type QueueOptions } from './queue';
export { JobStatus } from './status';
