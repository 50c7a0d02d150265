import type { BodyInput } from '../model/node';
import type { ObjectSchema, Schema, UnionSchema } from '../schema/schema';
import { withChanges } from '../schema/with-changes';
import type { Code } from '../validate/code';
import { explainerOf } from '../validate/explain';
import { isObject } from '../validate/properties';
import { takesMany } from '../validate/text-reader';
import { validatorOf } from '../validate/validator';
import { bytesOfFiles, formOfBytes, holdsBytes, namesOfBytes } from './file-bytes';
import { oneOrAll } from './model-reader';
import { modelReading } from './model-reading';
import type { InputReading } from './reading';
import type { Values } from './runtime';

/** The reading of a form, or of a field of it. */
export function formReading(input: BodyInput, code: Code): InputReading {
  return input.model ? orNothing(input, modelOf(input, code), code) : fieldReading(input, code);
}

function fieldReading({ alias, schema, kind, groups }: BodyInput, code: Code): InputReading {
  const loc = ['body', alias];
  const list = takesMany(schema);
  const options = {
    mode: kind === 'file' ? 'json' : 'text',
    ...(groups === undefined ? {} : { groups }),
  } as const;
  const sent = `body.${list ? 'all' : 'get'}(${code.key(alias)})`;
  return {
    raw: holdsBytes(schema)
      ? `await ${code.constant(bytesOfFiles, 'bytesOfFiles')}(${sent})`
      : sent,
    // An empty field of a form was not filled in.
    absent: (variable) =>
      list ? `${variable}.length === 0` : `${variable} === undefined || ${variable} === ""`,
    isAbsent: (raw) =>
      list ? (raw as readonly unknown[]).length === 0 : raw === undefined || raw === '',
    read: validatorOf(schema, options),
    interpret: explainerOf(schema, { loc, ...options }),
    loc,
  };
}

function modelOf(input: BodyInput, code: Code): InputReading {
  const { schema } = input;
  const names = dtosOf(schema).flatMap(namesOfBytes);
  const read = (form: Values): unknown => formOfBytes(form, names);
  const raw = names.length === 0 ? 'body' : `await ${code.constant(read, 'formOfBytes')}(body)`;
  return schema.kind === 'union'
    ? unionReading(schema, input, raw)
    : modelReading(input, raw, ['body']);
}

/** Where nothing has to be sent, a form without any of its fields is none. */
function orNothing(
  { schema, presence }: BodyInput,
  reading: InputReading,
  code: Code,
): InputReading {
  if (presence === 'required') return reading;
  const dtos = dtosOf(schema);
  const names = new Set(dtos.flatMap(({ fields }) => fields.flatMap((field) => field.in)));
  const others = dtos.length === 0 || dtos.some(({ extra }) => extra !== 'ignore');
  const isNone = (form: unknown): boolean =>
    !Array.from((form as Values).names()).some((name) => others || names.has(name));
  return {
    ...reading,
    absent: (variable) => `${code.constant(isNone, 'isNone')}(${variable})`,
    isAbsent: isNone,
  };
}

/** Which of several DTOs a form is cannot be asked field by field: each of them reads all that was sent in its own way. */
function unionReading(schema: UnionSchema, { groups }: BodyInput, raw: string): InputReading {
  const loc = ['body'];
  const options = { mode: 'text', ...(groups === undefined ? {} : { groups }) } as const;
  const fromForm = readingForms(schema);
  const validate = validatorOf(fromForm, options);
  const explain = explainerOf(fromForm, { loc, ...options });
  return {
    raw,
    absent: undefined,
    isAbsent: () => false,
    read: (form) => validate(asObject(form as Values)),
    interpret: (form) => explain(asObject(form as Values)),
    loc,
  };
}

function asObject(values: Values): object {
  return Object.fromEntries(
    Array.from(values.names(), (name) => [name, oneOrAll(values.all(name))]),
  );
}

/** The same union, whose DTOs take lists, single values and empty fields as forms have them. */
function readingForms(schema: UnionSchema): UnionSchema {
  const made = new Map<Schema, Schema>();
  const of = <S extends Schema>(member: S): S => {
    if (!made.has(member)) made.set(member, readingForm(member));
    return made.get(member) as S;
  };
  const { discriminator } = schema;
  return withChanges<UnionSchema>(schema, {
    members: schema.members.map(of),
    discriminator: discriminator && {
      ...discriminator,
      members: new Map(Array.from(discriminator.members, ([tag, dto]) => [tag, of(dto)])),
    },
  });
}

function readingForm(member: Schema): Schema {
  if (member.kind === 'union') return readingForms(member);
  if (member.kind !== 'object') return member;
  return withChanges<ObjectSchema>(member, {
    before: [(sent) => asFieldsOf(member, sent), ...member.before],
  });
}

function asFieldsOf({ fields }: ObjectSchema, sent: unknown): unknown {
  if (!isObject(sent)) return sent;
  const many = new Map(
    fields.flatMap(({ in: names, schema }) => names.map((name) => [name, takesMany(schema)])),
  );
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      if (!many.has(name)) return [[name, value]];
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (many.get(name) === true) return [[name, values]];
      return values.at(-1) === '' ? [] : [[name, values.at(-1)]];
    }),
  );
}

/** The DTOs that a form may be; none where another library says what it is. */
function dtosOf(schema: Schema): readonly ObjectSchema[] {
  if (schema.kind === 'union') return schema.members.flatMap(dtosOf);
  return schema.kind === 'object' ? [schema] : [];
}
