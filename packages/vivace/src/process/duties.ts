import type { ListenOptions } from '../declare/options/application-options';

/** What a process does. */
export interface Duties {
  readonly http: boolean;
  readonly work: boolean;
  /** The entries that it works on, by class or method; undefined: all. */
  readonly only?: readonly string[] | undefined;
}

/** What the options say, else the environment and the command line: `node dist/main.js --work` only works. */
export function dutiesOf({
  http,
  work,
  only,
}: Pick<ListenOptions, 'http' | 'work' | 'only'>): Duties {
  const onlyWork = http === undefined && process.argv.slice(2).includes('--work');
  return {
    http: http ?? !onlyWork,
    work: work ?? (onlyWork || process.env['WORK'] !== 'false'),
    only,
  };
}
