import { transpile } from '@vivace/compiler';
import type { Project } from '../project/project';
import { outDirOf } from '../project/load';

/** Compiles a project again and again. */
export class ProjectCompiler {
  constructor(private readonly project: Project) {}

  /** @throws Error where a file has a syntax error */
  compile(): void {
    transpile(this.project.root, outDirOf(this.project));
  }
}
