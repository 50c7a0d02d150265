import { present } from '../declare/present';
import type { BodyInput, ParameterInput } from '../model/node';
import { schemaInGroups } from '../schema/groups';
import { plainField } from '../schema/plain-field';
import type { Field } from '../schema/schema';

/** An input as the field that it would be in a DTO. */
export function fieldOf(input: ParameterInput | BodyInput): Field {
  const { name, alias, groups, docs } = input;
  const { title, impliedTitle, description, examples, deprecated, schemaExtra } = docs;
  const shown = input.default;
  return plainField(name, schemaInGroups(input.schema, groups), {
    in: [alias],
    out: alias,
    presence:
      input.presence === 'required' ? 'required' : shown === undefined ? 'optional' : 'default',
    ...(shown !== undefined && { makeDefault: () => shown.value }),
    notes: present({ title, description, examples, deprecated, schemaExtra }),
    impliedTitle,
  });
}
