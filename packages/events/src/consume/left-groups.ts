import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import { leftTopics, type KeptTopic } from '../postgres/kept-groups';
import type { GroupDefinition } from './definition';

/** Whether a program has a consumer for what is kept. */
export function isReadBy(
  groups: readonly Pick<GroupDefinition, 'group' | 'topics'>[],
  { group, topic }: KeptTopic,
): boolean {
  return groups.some((one) => one.group === group && one.topics.includes(topic));
}

/** Says once which topics the database keeps for groups that nobody seems to be any more. */
export class LeftGroups {
  readonly #told = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly groups: readonly GroupDefinition[],
    private readonly log: FastifyBaseLogger,
  ) {}

  async look(): Promise<void> {
    for (const left of await leftTopics(this.pool)) {
      const { group, topic } = left;
      if (isReadBy(this.groups, left) || this.#told.has(`${topic}/${group}`)) continue;
      this.#told.add(`${topic}/${group}`);
      this.log.warn(
        `The database keeps events of '${topic}' for the group '${group}', which has taken none for an hour, and no consumer of this program is it. If none of another program is: vivace events groups --forget ${group}`,
      );
    }
  }
}
