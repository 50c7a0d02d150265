import type { Json, Model, Operation, Program, Request, Slot, Type } from './description';

/*
 * What is a step smaller than a program, a request or a value, as a disagreement is read best in the smallest program that shows it.
 */

/** Programs that are a step smaller than one with a single operation. */
export function* smaller(program: Program): Generator<Program> {
  const operation = program.operations[0]!;
  const withOperation = (changed: Operation): Program => ({ ...program, operations: [changed] });
  if (operation.inputs.length > 1)
    for (const inputs of without(operation.inputs)) yield withOperation({ ...operation, inputs });
  for (const inputs of changedAt(operation.inputs, smallerSlots))
    yield withOperation({ ...operation, inputs });
  for (const models of changedAt(program.models, smallerModels)) yield { ...program, models };
}

/** Requests that are a step smaller. */
export function* smallerRequests(request: Request): Generator<Request> {
  const { body, headers = [] } = request;
  const isMultipart = headers.some(([, value]) => value.startsWith('multipart'));
  if (body !== undefined && !isMultipart)
    for (const text of smallerTexts(body)) yield { ...request, body: text };
  for (const fewer of without(headers)) yield { ...request, headers: fewer };
  const [path, query] = request.url.split('?');
  if (query !== undefined)
    for (const fewer of without(query.split('&')))
      yield { ...request, url: `${path}?${fewer.join('&')}` };
}

function* smallerTexts(text: string): Generator<string> {
  try {
    for (const value of smallerValues(JSON.parse(text) as Json)) yield JSON.stringify(value);
  } catch {
    for (let at = 0; at < text.length; at += 1) yield text.slice(0, at) + text.slice(at + 1);
  }
}

function* smallerValues(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    yield* without(value as readonly Json[]);
    yield* changedAt(value as readonly Json[], smallerValues);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const fewer of without(entries)) yield Object.fromEntries(fewer);
    for (const changed of changedAt(entries, ([name, item]) =>
      [...smallerValues(item)].map((each): [string, Json] => [name, each]),
    ))
      yield Object.fromEntries(changed);
  }
}

function* smallerModels(model: Model): Generator<Model> {
  const { extra: _, ...closed } = model;
  if (model.extra !== undefined) yield closed;
  if (model.strict === true) yield { ...model, strict: false };
  for (const fields of without(model.fields)) yield { ...model, fields };
  for (const fields of changedAt(model.fields, smallerSlots)) yield { ...model, fields };
}

function* smallerSlots<S extends Slot>(slot: S): Generator<S> {
  const { type } = slot;
  for (const key of Object.keys(slot))
    if (!['name', 'type', 'source', 'embed'].includes(key)) {
      const { [key]: _, ...rest } = slot as Record<string, unknown>;
      yield rest as unknown as S;
    }
  if (slot.default === undefined)
    for (const simpler of smallerTypes(type)) yield { ...slot, type: simpler };
}

function* smallerTypes(type: Type): Generator<Type> {
  switch (type.kind) {
    case 'union':
      if (type.members.length > 2)
        for (const members of without(type.members)) yield { ...type, members };
      else yield* type.members.filter((member) => member.kind !== 'null');
      for (const members of changedAt(type.members, smallerTypes)) yield { ...type, members };
      break;
    case 'list':
    case 'set':
    case 'record':
      for (const of of smallerTypes(type.of)) yield { ...type, of };
      break;
    case 'tuple':
      for (const items of changedAt(type.items, smallerTypes)) yield { ...type, items };
      break;
    default:
  }
}

function* without<T>(list: readonly T[]): Generator<T[]> {
  for (const at of list.keys()) yield list.toSpliced(at, 1);
}

function* changedAt<T>(list: readonly T[], smaller: (item: T) => Iterable<T>): Generator<T[]> {
  for (const [at, item] of list.entries())
    for (const changed of smaller(item)) yield list.with(at, changed);
}

/** The program without models and enums that nothing names. */
export function pruned(program: Program): Program {
  const { models, enums, operations } = program;
  const slots = operations.flatMap(({ inputs }) => inputs);
  const types = [
    ...slots.map(({ type }) => type),
    ...operations.flatMap(({ returns }) => returns ?? []),
  ];
  const names = new Set(types.flatMap(namesIn));
  for (const name of names)
    for (const { type } of models.find((model) => model.name === name)?.fields ?? [])
      for (const inner of namesIn(type)) names.add(inner);
  return {
    ...program,
    models: models.filter(({ name }) => names.has(name)),
    enums: enums.filter(({ name }) => names.has(name)),
  };
}

function namesIn(type: Type): string[] {
  switch (type.kind) {
    case 'model':
    case 'enum':
      return [type.name];
    case 'list':
    case 'set':
      return namesIn(type.of);
    case 'record':
      return [...namesIn(type.keys), ...namesIn(type.of)];
    case 'tuple':
      return [...type.items, ...(type.rest === undefined ? [] : [type.rest])].flatMap(namesIn);
    case 'union':
      return type.members.flatMap(namesIn);
    default:
      return [];
  }
}
