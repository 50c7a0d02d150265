import type { Project as PackageProject } from 'vivace/extend';
import { isProduction } from '../project/environment';
import { loadProgram } from '../project/load-application';
import type { Project } from '../project/project';

/** A project as commands and services of packages see it. */
export function packageProject(project: Project): PackageProject {
  return {
    root: project.root,
    production: isProduction(),
    application: async () => (await loadProgram(project, undefined)).app,
  };
}
