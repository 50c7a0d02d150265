import { carry, classOf, declare } from './declarations';
import type { InputFacts, MarkFacts, UseFacts } from './facts';

/** A decorator of parameters and properties that stands for an input or a use. */
export function mark(facts: InputFacts | UseFacts): (target: object, key: string | symbol | undefined, index?: number) => void {
  const decorate = (target: object, key: string | symbol | undefined, index?: number): void => {
    const name = key === undefined ? undefined : String(key);
    const place =
      typeof index === 'number' ? { method: name, index, property: undefined } : { method: undefined, index: undefined, property: name };
    const written: MarkFacts = Object.freeze({ ...place, mark: facts });
    declare(classOf(target), { marks: [written] });
  };
  return carry(decorate, facts);
}
