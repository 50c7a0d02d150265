import { replay, type Job } from './replay';

// Every job is answered with its outcome; the process lives until the pool ends it.
process.on('message', (job: Job) => {
  void replay(job).then((outcome) => process.send?.(outcome));
});
