import { resolve } from 'node:path';
import { packageAt } from '../project/packages';
import { packageRoots, sourcesOf } from '../project/sources';
import { checkTypes, writeTypes } from '../build/types-file';

interface GlobalConfig {
  readonly rootDir: string;
  readonly testPathPatterns?: {
    isSet(): boolean;
    toExecutor(options: object): { isMatch(path: string): boolean };
  };
}

/** Before the tests: writes the types of the packages that the tests are in, and of those they use, where they are not fresh. */
export default function setup(config: GlobalConfig): void {
  for (const root of neededRoots(config)) {
    if (!checkTypes(root).fresh) write(root);
  }
}

function neededRoots({ rootDir, testPathPatterns }: GlobalConfig): ReadonlySet<string> {
  const all = [...packageRoots(rootDir)].map((root) => packageAt(root));
  const patterns = testPathPatterns?.isSet() ? testPathPatterns.toExecutor({ rootDir }) : undefined;
  const isTested = (root: string) =>
    !patterns || sourcesOf(root).some((file) => patterns.isMatch(resolve(file)));
  const needed = new Set(all.filter(({ root }) => isTested(root)));
  for (const { dependencies } of needed)
    for (const each of all) if (dependencies.includes(each.name)) needed.add(each);
  return new Set([...needed].map(({ root }) => root));
}

function write(root: string): void {
  try {
    writeTypes(root);
  } catch (error) {
    throw new Error(
      `The types of ${root} could not be read: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
      {
        cause: error,
      },
    );
  }
}
