import { BootError } from '../errors/boot-error';
import { carry, classOf, declare } from './declarations';
import { present } from './present';
import type { FieldFacts, InputFacts, MarkFacts, UseFacts } from './facts';

/** A decorator of parameters and properties that stands for an input or a use. */
export function mark(
  facts: InputFacts | UseFacts,
): (target: object, key: string | symbol | undefined, index?: number) => void {
  const decorate = (target: object, key: string | symbol | undefined, index?: number): void => {
    const type = classOf(target);
    if (typeof index !== 'number') {
      declare(type, { fields: [fieldOf(facts, String(key), type.name)] });
      return;
    }
    const written: MarkFacts = {
      method: key === undefined ? undefined : String(key),
      index,
      mark: facts,
    };
    declare(type, { marks: [Object.freeze(written)] });
  };
  return carry(decorate, facts);
}

/** The properties of a DTO are read together, so a mark only says more about one of them. */
function fieldOf(facts: InputFacts | UseFacts, key: string, type: string): FieldFacts {
  if (facts.kind === 'use') {
    throw new BootError(
      'PROPERTY_INJECTED',
      { type, member: key },
      'Properties are not injected.',
      `constructor(@Depends(…) readonly ${key}: …) {}, since a constructor says what a class needs`,
    );
  }
  const { alias, source, type: value, options } = facts;
  return Object.freeze({
    ...options,
    ...present({ alias, type: value }),
    source,
    key,
    accessor: false,
  });
}
