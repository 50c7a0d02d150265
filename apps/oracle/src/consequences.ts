import type { Difference } from './compare';
import { issueIn } from './covering';
import type { Program, Type } from './description';

type Place = readonly unknown[];

/**
 * Whether a difference is only the other side of one that is meant: where one member of a union takes a value, nobody
 * hears what the others find wrong with it.
 */
export function isConsequence(
  { ours, theirs }: Difference,
  meant: readonly Difference[],
  program: Program,
): boolean {
  return meant.some((other) => {
    const isAlone = (ours === undefined) === (other.ours === undefined);
    const [place, beside] = [ours ?? theirs, other.ours ?? other.theirs].map(placeIn);
    return isAlone && place !== undefined && beside !== undefined && partAt(place, beside, program);
  });
}

const placeIn = (found: unknown): Place | undefined => issueIn(found)?.loc;

/** Whether two places part where there is a union. */
function partAt(place: Place, other: Place, program: Program): boolean {
  const at = place.findIndex((step, index) => step !== other[index]);
  if (at < 1 || at >= other.length) return false;
  const [, ...path] = place.slice(0, at);
  const inputs = program.operations.flatMap((operation) => operation.inputs);
  return inputs.some(({ type, name, alias }) => {
    const [first, ...rest] = path;
    return (
      isUnion(type, path, program) || (first === (alias ?? name) && isUnion(type, rest, program))
    );
  });
}

/** Whether a path may end at a union; it names members of unions, and any may be meant. */
function isUnion(type: Type, path: Place, program: Program): boolean {
  const [step, ...rest] = path;
  const within = (inner: Type): boolean => isUnion(inner, rest, program);
  if (type.kind === 'union')
    return (
      path.length === 0 ||
      type.members.some((member) => within(member) || isUnion(member, path, program))
    );
  if (path.length === 0) return false;
  switch (type.kind) {
    case 'model': {
      const model = program.models.find(({ name }) => name === type.name);
      return model!.fields.some(
        (field) => (field.alias ?? field.name) === step && within(field.type),
      );
    }
    case 'list':
    case 'set':
      return within(type.of);
    case 'record':
      return within(type.of) || within(type.keys);
    case 'tuple':
      return [...type.items, ...(type.rest === undefined ? [] : [type.rest])].some(within);
    default:
      return false;
  }
}
