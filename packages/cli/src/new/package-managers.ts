import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A package manager and its commands. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly install: readonly string[];
  /** The words that templates use for it. */
  readonly words: {
    /** Runs a script: `npm run`. */
    readonly run: string;
    readonly test: string;
    readonly start: string;
    /** Installs exactly what the lock file says. */
    readonly ci: string;
    /** Removes the development dependencies. */
    readonly prune: string;
    /** The files that `ci` reads, besides package.json. */
    readonly lock: string;
    /** Installs it on a machine that only has Node. Empty where it comes with Node. */
    readonly get: string;
  };
  /** Files that it needs in a project. */
  readonly files?: Readonly<Record<string, string>>;
}

export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: 'npm',
    // By default npm retries for minutes without a word where there is no network.
    install: [
      'install',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
    ],
    words: {
      run: 'npm run',
      test: 'npm test',
      start: 'npm start',
      ci: 'npm ci',
      prune: 'npm prune --omit=dev',
      lock: 'package-lock.json',
      get: '',
    },
  },
  {
    name: 'pnpm',
    install: ['install'],
    words: {
      run: 'pnpm',
      test: 'pnpm test',
      start: 'pnpm start',
      ci: 'pnpm install --frozen-lockfile',
      prune: 'pnpm prune --prod',
      lock: 'pnpm-lock.yaml pnpm-workspace.yaml',
      get: 'npm install --global pnpm',
    },
    files: {
      'pnpm-workspace.yaml':
        "# They work without the scripts that they would run when they are installed.\nallowBuilds:\n  '@parcel/watcher': false\n  '@swc/core': false\n",
    },
  },
  {
    name: 'yarn',
    install: ['install'],
    words: {
      run: 'yarn',
      test: 'yarn test',
      start: 'yarn start',
      ci: 'yarn install --frozen-lockfile',
      prune: 'yarn install --frozen-lockfile --production',
      lock: 'yarn.lock',
      get: '',
    },
  },
  {
    name: 'bun',
    install: ['install'],
    words: {
      run: 'bun run',
      test: 'bun run test',
      start: 'bun start',
      ci: 'bun install --frozen-lockfile',
      prune: 'rm -r node_modules && bun install --frozen-lockfile --production',
      lock: 'bun.lock',
      get: 'npm install --global bun',
    },
  },
];

/** The package manager that started this process, else npm. */
export function currentPackageManager(
  agent = process.env['npm_config_user_agent'] ?? '',
): PackageManager {
  return PACKAGE_MANAGERS.find(({ name }) => agent.startsWith(`${name}/`)) ?? PACKAGE_MANAGERS[0]!;
}

/** Whether a command is installed on this machine. */
export function isOnMachine(name: string, path = process.env['PATH'] ?? ''): boolean {
  const ends = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  return path
    .split(delimiter)
    .some((directory) => ends.some((end) => existsSync(join(directory, name + end))));
}
