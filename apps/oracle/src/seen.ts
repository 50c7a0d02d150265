/* What a handler was given, as JSON that can be compared with what the handler in Python was given. */
import { fieldsSet, Secret } from 'vivace';
import { JSONResponse } from 'vivace/responses';

export function seen(inputs: object): JSONResponse {
  return new JSONResponse(
    Object.fromEntries(
      Object.entries(inputs).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, describe(value)]],
      ),
    ),
  );
}

function describe(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return { $number: Number.isInteger(value) ? String(BigInt(value)) : value };
    case 'bigint':
      return { $number: String(value) };
    case 'undefined':
      return { $undefined: true };
    case 'object':
      return value === null ? null : describeObject(value);
    default:
      return value;
  }
}

function describeObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(describe);
  if (value instanceof Date) return { $text: 'Date', value: value.toISOString() };
  if (value instanceof Secret) return { $secret: describe(value.reveal()) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') };
  if (value instanceof Set) return { $set: Array.from(value, describe) };
  if (value instanceof Map)
    return { $map: Array.from(value, ([key, item]) => [describe(key), describe(item)]) };
  const own = Object.entries(value).map(([key, item]) => [key, describe(item)] as const);
  return value.constructor === Object
    ? { $map: own }
    : {
        $model: value.constructor.name,
        fields: Object.fromEntries(own),
        set: [...fieldsSet(value)].toSorted(),
      };
}
