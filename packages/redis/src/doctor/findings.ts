import type { Redis } from '../client/redis';

/** What is said of each policy that may drop what somebody still needs; `volatile-ttl` drops first what ends first. */
const POLICIES: readonly (readonly [policy: RegExp, said: string])[] = [
  [/^noeviction$/, 'when the memory is full, every write fails'],
  [/^allkeys-/, 'when the memory is full, any key is dropped, sessions and locks too'],
  [/^volatile-(?!ttl)/, 'when the memory is full, sessions are dropped as soon as cached values'],
];

/** The oldest that has all commands. */
const OLDEST = [6, 2] as const;

/**
 * What a server should be set up to do otherwise, each with what to write.
 *
 * @throws RedisDown
 */
export async function findingsOf(redis: Redis): Promise<readonly string[]> {
  const info = factsOf(await redis.info());
  return [
    ...versionOf(info['redis_version'] ?? ''),
    ...memoryOf(Number(info['maxmemory'] ?? 0), info['maxmemory_policy'] ?? ''),
    ...persistenceOf(info['aof_enabled'] === '1', await savesOf(redis)),
  ];
}

function versionOf(version: string): readonly string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return isOld ? [`Redis ${version} is too old: ${OLDEST.join('.')} or newer, or Valkey.`] : [];
}

function memoryOf(maxmemory: number, policy: string): readonly string[] {
  if (maxmemory === 0)
    return [
      'maxmemory is not set: the server takes all that the machine has, until the system ends it. Write: maxmemory 1gb, maxmemory-policy volatile-ttl',
    ];
  const [, said] = POLICIES.find(([pattern]) => pattern.test(policy)) ?? [];
  return said === undefined
    ? []
    : [
        `maxmemory-policy is ${policy}: ${said}. Write: maxmemory-policy volatile-ttl, which drops first what ends first`,
      ];
}

/** @param saves undefined: the server does not say, as those of some providers */
function persistenceOf(log: boolean, saves: string | undefined): readonly string[] {
  return log || saves !== ''
    ? []
    : [
        'Nothing is written to disk: sessions, idempotency keys and revoked tokens are gone with the server. Write: appendonly yes',
      ];
}

async function savesOf(redis: Redis): Promise<string | undefined> {
  try {
    const [, saves] = (await redis.config('GET', 'save')) as string[];
    return saves;
  } catch (error) {
    if ((error as Error).name === 'ReplyError') return undefined;
    throw error;
  }
}

function factsOf(info: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    info.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}
