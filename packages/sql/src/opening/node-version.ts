import { SqlBootError } from '../boot-error';

/** As `engines` of MikroORM says, which package managers do no more than warn of. */
const LEAST = [22, 17] as const;

/** @throws SqlBootError for a version, such as 22.15.0, that MikroORM does not support */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  throw new SqlBootError(
    'DATABASE_NODE',
    'database()',
    `This is Node ${version}.`,
    `Node ${LEAST.join('.')} or newer`,
  );
}
