import { UserError } from '../terminal/user-error';
import type { Template } from './templates';

/** Names that npm or Node reserve. */
const KEPT = ['node_modules', 'favicon.ico'];

/**
 * Checks that a project may have this name.
 *
 * @returns the name
 * @throws UserError where npm would not accept it, or where the project depends on a package of
 *   this name
 */
export function nameOf(name: string, { dependencies, devDependencies }: Template): string {
  if (!/^[a-z0-9][a-z0-9._-]{0,200}$/.test(name)) {
    const proposal = proposalFor(name);
    throw new UserError(
      `'${name}' cannot be the name of a package: small letters, digits, '-', '.' and '_' can.`,
      proposal === '' ? undefined : `Such as ${proposal}`,
      { usage: true },
    );
  }
  if ([...KEPT, ...dependencies, ...devDependencies].includes(name)) {
    throw new UserError(`'${name}' is the name of something else.`, `Such as ${name}-api`, {
      usage: true,
    });
  }
  return name;
}

function proposalFor(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
}
