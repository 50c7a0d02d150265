import { EventsBootError } from '../boot-error';
import { deadTopic } from '../broker/broker';
import type { GroupDefinition, HandlerDefinition } from './definition';
import type { EventFacts } from '../event/event';
import { checkFields } from '../event/event-text';

/** What Kafka takes as a topic; the names of dead letters have to be ones too. */
const NAME = /^(?!\.{1,2}$)[\w.-]{1,200}$/;

/**
 * Checks what decorators have said of consumers, before anything is opened.
 *
 * @throws EventsBootError
 */
export function checkGroups(groups: readonly GroupDefinition[]): void {
  const names = new Map<string, GroupDefinition>();
  const dead = new Map<string, string>();
  for (const definition of groups) {
    const { group, type, topics } = definition;
    const place = `class ${type.name}`;
    checkName('The group', group, place);
    const other = names.get(group);
    if (other !== undefined)
      throw new EventsBootError(
        'GROUP_TWICE',
        place,
        `${other.type.name} has the group '${group}' too, and each event comes to one of them.`,
        'methods of one class, or two groups',
      );
    names.set(group, definition);
    for (const topic of topics) checkLetters(deadTopic(topic, group), definition, dead);
    checkNumber(place, 'concurrency', definition.concurrency, [1, 1000], true);
    definition.handlers.forEach(checkHandler);
    checkTwice(definition);
  }
  checkEvents(groups.flatMap(({ handlers }) => handlers.map(({ event }) => event)));
}

/** @param known the groups whose dead letters go to a topic */
function checkLetters(topic: string, owner: GroupDefinition, known: Map<string, string>): void {
  const { type, group } = owner;
  checkName('The topic', topic, `class ${type.name}`);
  const other = known.get(topic);
  if (other !== undefined)
    throw new EventsBootError(
      'EVENT_NAME',
      `class ${type.name}`,
      `Dead letters of the group '${group}' would go to '${topic}', as those of '${other}' do.`,
      "a group without '.'",
    );
  known.set(topic, group);
}

function checkHandler({ entry, event, on }: HandlerDefinition): void {
  checkNumber(entry.name, 'retries', on.retries, [0, 1000], true);
  checkNumber(entry.name, 'timeout', on.timeout, [0.001, 86_400]);
  if (entry.payload?.type === event.type) return;
  throw new EventsBootError(
    'HANDLER_PARAMETER',
    entry.name,
    `It handles ${event.type.name}, and its first parameter that is not injected is ${entry.payload?.name || 'none'}.`,
    `${entry.name.split('.')[1]}(event: ${event.type.name})`,
  );
}

function checkTwice({ handlers }: GroupDefinition): void {
  const known = new Map<object, string>();
  for (const { entry, event } of handlers) {
    const other = known.get(event.type);
    if (other !== undefined)
      throw new EventsBootError(
        'HANDLER_TWICE',
        entry.name,
        `${other} handles ${event.type.name} too, and one try has one transaction.`,
        'one method that does both, or two consumers with groups of their own',
      );
    known.set(event.type, entry.name);
  }
}

/** @throws EventsBootError for events that cannot be told apart, or do not come back as they were */
export function checkEvents(events: Iterable<EventFacts>): void {
  const known = new Map<string, EventFacts>();
  for (const event of new Set(events)) {
    const place = `class ${event.type.name}`;
    checkName('The topic', event.topic, place);
    checkName('The name', event.name, place);
    checkNumber(place, 'version', event.version, [1, 1_000_000], true);
    const of = `${event.topic}/${event.name}`;
    const other = known.get(of);
    if (other !== undefined)
      throw new EventsBootError(
        'EVENT_TWICE',
        place,
        `${other.type.name} of the topic '${event.topic}' has the name '${event.name}' too.`,
        `@Event('${event.topic}', { name: '${event.name}2', … })`,
      );
    known.set(of, event);
    checkFields(event);
  }
}

function checkName(what: string, name: string, place: string): void {
  if (NAME.test(name)) return;
  throw new EventsBootError(
    'EVENT_NAME',
    place,
    `${what} '${name}' is not made of letters, digits, '.', '-' and '_' alone, or is too long.`,
    "a name such as 'orders' or 'order-placed'",
  );
}

/** @throws EventsBootError for a number that is out of its bounds */
export function checkNumber(
  place: string,
  option: string,
  value: number,
  [least, most]: readonly [number, number],
  whole = false,
): void {
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return;
  throw new EventsBootError(
    'EVENT_OPTION',
    place,
    `${option} is ${value}, and has to be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`,
    `${option}: ${Math.max(1, least)}`,
  );
}
