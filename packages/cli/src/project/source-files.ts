import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project';

const TYPESCRIPT = /(?<!\.d)\.[cm]?ts$/;
const TEST = /\.(?:test|spec|test-d)\./;
const WRITTEN_BY_TOOLS = /(?:^|[\\/])(?:node_modules|dist|\.vivace|coverage)[\\/]/;

/** The folder that holds the sources of a project. */
export function sourceFolder({ root }: Project): string {
  const folder = join(root, 'src');
  return existsSync(folder) ? folder : root;
}

/** The paths of the TypeScript files of a project in order, without tests. */
export function sourceFiles(project: Project): readonly string[] {
  const folder = sourceFolder(project);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => TYPESCRIPT.test(file) && !TEST.test(file) && !WRITTEN_BY_TOOLS.test(file))
    .toSorted()
    .map((file) => join(folder, file));
}
