/** What the commands of a package manager are called. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly install: readonly string[];
  /** Runs a script: `npm run`. */
  readonly run: string;
  readonly test: string;
  readonly start: string;
}

export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: 'npm',
    install: ['install', '--no-audit', '--no-fund', '--loglevel=error'],
    run: 'npm run',
    test: 'npm test',
    start: 'npm start',
  },
  { name: 'pnpm', install: ['install'], run: 'pnpm', test: 'pnpm test', start: 'pnpm start' },
  { name: 'yarn', install: ['install'], run: 'yarn', test: 'yarn test', start: 'yarn start' },
  { name: 'bun', install: ['install'], run: 'bun run', test: 'bun run test', start: 'bun start' },
];

/** The package manager that runs this process, as it says itself; else npm. */
export function currentPackageManager(agent = process.env['npm_config_user_agent'] ?? ''): PackageManager {
  return PACKAGE_MANAGERS.find(({ name }) => agent.startsWith(`${name}/`)) ?? PACKAGE_MANAGERS[0]!;
}
