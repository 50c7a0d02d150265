import type { EventDocument } from '../src/commands/documents';
import { changesOf } from '../src/commands/compatibility';

type Fields = Readonly<Record<string, object>>;
const fields = (properties: Fields, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const event = (schema: object, version = 1): EventDocument =>
  ({
    topic: 'orders',
    name: 'OrderPlaced',
    version,
    written: schema,
    read: schema,
  }) as EventDocument;

const text = { type: 'string' };
const int = { type: 'integer' };
const before = fields({
  id: text,
  quantity: { ...int, minimum: 1, maximum: 9 },
  state: { enum: ['a', 'b'] },
});
const changed = (change: Fields, required?: readonly string[]): object => ({
  ...fields({ ...before.properties, ...change }),
  ...(required !== undefined && { required }),
});

/** What a change of an event means to those who read it. */
describe('a change of an event', () => {
  const fine: readonly [what: string, after: object][] = [
    ['nothing', before],
    ['a new field that may be absent', changed({ note: text }, before.required)],
    ['a description', { ...before, description: 'An order' }],
  ];
  it.each(fine)('is one that all can read: %s', (_, after) => {
    expect(changesOf(event(before), event(after), false)).toEqual([]);
  });

  const { id: _id, ...noId } = before.properties;
  const broken: readonly [what: string, after: object, lines: readonly string[]][] = [
    ['a field is gone', fields(noId), ["old consumers cannot read no 'id'"]],
    ['a new field has to be there', changed({ note: text }), ["events of before have no 'note'"]],
    [
      'a field may be absent now',
      changed({}, ['id', 'state']),
      ["old consumers cannot read no 'quantity'"],
    ],
    [
      'a field has another type',
      changed({ id: int }),
      ["old consumers cannot read 'id' as integer", "events of before have 'id' as string"],
    ],
    [
      'a field may be null now',
      changed({ id: { anyOf: [text, { type: 'null' }] } }),
      ["old consumers cannot read 'id' as null"],
    ],
    [
      'a number may be larger',
      changed({ quantity: { ...int, minimum: 1, maximum: 10 } }),
      ["old consumers cannot read 'quantity' with another maximum"],
    ],
    [
      'a number has to be larger',
      changed({ quantity: { ...int, minimum: 2, maximum: 9 } }),
      ["events of before have 'quantity' with another minimum"],
    ],
    [
      'there is another state',
      changed({ state: { enum: ['a', 'b', 'c'] } }),
      ['old consumers cannot read \'state\' as "c"'],
    ],
    [
      'there is one state less',
      changed({ state: { enum: ['a'] } }),
      ['events of before have \'state\' as "b"'],
    ],
    [
      'a text has a form',
      changed({ id: { ...text, format: 'uuid' } }),
      ["events of before have 'id' with another format"],
    ],
  ];
  it.each(broken)('is found: %s', (_, after, lines) => {
    expect(changesOf(event(before), event(after), false)).toEqual(lines);
  });

  it('is found in lists, in types that are named and in those that contain themselves', () => {
    const tree = (name: object) => ({
      $ref: '#/$defs/Node',
      $defs: {
        Node: fields({ name, children: { type: 'array', items: { $ref: '#/$defs/Node' } } }),
      },
    });
    expect(changesOf(event(tree(text)), event(tree(text)), false)).toEqual([]);
    expect(changesOf(event(tree(text)), event(tree(int)), false)).toEqual([
      "old consumers cannot read 'name' as integer",
      "events of before have 'name' as string",
    ]);
    const list = (items: object) => fields({ lines: { type: 'array', items } });
    expect(changesOf(event(list(int)), event(list({ type: 'number' })), false)).toEqual([
      "old consumers cannot read 'lines[]' as number",
    ]);
  });

  it('needs a version and an upgrade, and no version is taken back', () => {
    const after = changed({ note: text });
    expect(changesOf(event(before), event(after, 2), true)).toEqual([]);
    expect(changesOf(event(before), event(after, 2), false)).toEqual([
      'version 2 needs `upgrade`, for events of before',
    ]);
    expect(changesOf(event(before, 2), event(before), true)).toEqual(['its version was 2']);
    expect(changesOf(event(before), undefined, false)).toEqual([
      'it is gone; remove its file once nobody reads it',
    ]);
  });
});
