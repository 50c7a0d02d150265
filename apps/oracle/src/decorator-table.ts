import type { Json } from './description';
import type { Validated, ValidatedClass } from './validated';

/** A type that a decorator stands on, with values of it as JSON. */
interface Base {
  readonly type: string;
  readonly values: readonly [Json, Json, ...Json[]];
}
/** What is made of a type; undefined stands for a value that is left out. */
interface Shape {
  readonly type: (base: string) => string;
  readonly optional?: true;
  readonly values: (values: Base['values']) => readonly (Json | undefined)[];
}

const TEXT: Base = { type: 'string', values: ['ab', '', 'abcdef'] };
const NUMBER: Base = { type: 'number', values: [1, -1, 2.5] };
const MOMENT: Base = { type: 'Date', values: ['2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z'] };
const ROLE: Base = { type: 'Role', values: ['admin', 'user'] };
const PART: Base = { type: 'Part', values: [{ name: 'ab' }, { name: '' }] };
const FIGURE: Base = {
  type: 'Circle | Square',
  values: [
    { kind: 'circle', side: 1, radius: 2 },
    { kind: 'square', side: 1 },
    { kind: 'circle', side: 1 },
  ],
};

export const SHAPES: Readonly<Record<string, Shape>> = {
  T: { type: (base) => base, values: (values) => values },
  'T?': { type: (base) => base, optional: true, values: (values) => [...values, undefined] },
  'T | null': { type: (base) => `${base} | null`, values: (values) => [...values, null] },
  'T[]': { type: (base) => `(${base})[]`, values: listsOf },
  'T[] | null': {
    type: (base) => `(${base})[] | null`,
    values: (values) => [...listsOf(values), null],
  },
  Set: { type: (base) => `Set<${base}>`, values: listsOf },
  Map: { type: (base) => `Map<string, ${base}>`, values: objectsOf },
  tuple: {
    type: (base) => `[${base}, ${base}]`,
    values: ([a, b]) => [
      [a, b],
      [b, a],
    ],
  },
  union: { type: (base) => `${base} | boolean`, values: (values) => [...values, true] },
  record: { type: (base) => `Record<string, ${base}>`, values: objectsOf },
  Partial: { type: () => 'Partial<Part>', values: () => [{ name: 'ab' }, { name: '' }, {}] },
  Pick: { type: () => "Pick<Part, 'name'>", values: () => [{ name: 'ab' }, { name: '' }] },
};

function listsOf([a, b]: Base['values']): readonly Json[] {
  return [[], [a], [b], [a, b]];
}
function objectsOf([a, b]: Base['values']): readonly Json[] {
  return [{}, { one: a }, { one: b }];
}

const NESTED = ['@cv.ValidateNested()', '@Type(() => Part)'];
const FIGURES = `@Type(() => Figure, { keepDiscriminatorProperty: true, discriminator: { property: 'kind', subTypes: [{ value: Circle, name: 'circle' }, { value: Square, name: 'square' }] } })`;

/** Decorators, and the type that they are for. */
export const DECORATED: Readonly<Record<string, readonly [Base, ...string[]]>> = {
  '@Type(() => String)': [TEXT, '@Type(() => String)', '@cv.Allow()'],
  '@Type(() => Number)': [NUMBER, '@Type(() => Number)', '@cv.Allow()'],
  '@Type(() => Number) of text': [TEXT, '@Type(() => Number)', '@cv.Allow()'],
  '@Type(() => Date)': [MOMENT, '@Type(() => Date)', '@cv.Allow()'],
  '@Type of a class': [PART, '@Type(() => Part)', '@cv.Allow()'],
  '@Type of another class': [PART, '@Type(() => Other)', '@cv.ValidateNested()'],
  '@Type with a discriminator': [FIGURE, FIGURES, '@cv.ValidateNested()'],
  '@Type with a discriminator, each': [FIGURE, FIGURES, '@cv.ValidateNested({ each: true })'],
  '@ValidateNested': [PART, ...NESTED],
  '@ValidateNested each': [PART, '@cv.ValidateNested({ each: true })', '@Type(() => Part)'],
  '@IsEnum': [ROLE, '@cv.IsEnum(Role)'],
  '@IsEnum each': [ROLE, '@cv.IsEnum(Role, { each: true })'],
  '@IsEnum of another': [ROLE, '@cv.IsEnum({ admin: "admin", other: "other" })'],
  '@IsEnum of text': [TEXT, '@cv.IsEnum({ one: "ab" })'],
  '@IsOptional @IsEnum': [ROLE, '@cv.IsOptional()', '@cv.IsEnum(Role)'],
  '@IsInt': [NUMBER, '@cv.IsInt()'],
  '@IsInt each': [NUMBER, '@cv.IsInt({ each: true })'],
  '@IsString': [TEXT, '@cv.IsString()'],
  '@IsString each': [TEXT, '@cv.IsString({ each: true })'],
  '@IsDate': [MOMENT, '@cv.IsDate()', '@Type(() => Date)'],
  '@Min': [NUMBER, '@cv.Min(0)'],
  '@Min each': [NUMBER, '@cv.Min(0, { each: true })'],
  '@IsOptional @Min': [NUMBER, '@cv.IsOptional()', '@cv.Min(0)'],
  '@Length': [TEXT, '@cv.Length(1, 4)'],
  '@Length each': [TEXT, '@cv.Length(1, 4, { each: true })'],
  '@ArrayMinSize': [TEXT, '@cv.ArrayMinSize(1)'],
  '@IsArray': [TEXT, '@cv.IsArray()'],
  '@IsOptional': [TEXT, '@cv.IsOptional()'],
  '@IsOptional of a class': [PART, '@cv.IsOptional()', ...NESTED],
  '@IsOptional @IsString each': [TEXT, '@cv.IsOptional()', '@cv.IsString({ each: true })'],
  '@IsDefined': [TEXT, '@cv.IsDefined()'],
  '@IsDefined @IsOptional': [TEXT, '@cv.IsDefined()', '@cv.IsOptional()'],
  '@IsNotEmpty': [TEXT, '@cv.IsNotEmpty()'],
  '@Expose': [TEXT, '@Expose()', '@cv.IsNotEmpty()'],
  '@Exclude': [TEXT, '@Exclude()', '@cv.Allow()'],
  '@Transform': [TEXT, '@Transform(({ value }) => value)', '@cv.IsNotEmpty()'],
  '@IsIn': [TEXT, "@cv.IsIn(['ab', 'x'])"],
  '@IsIn each': [TEXT, "@cv.IsIn(['ab', 'x'], { each: true })"],
  '@IsIn of another': [ROLE, "@cv.IsIn(['admin', 'x'])"],
  '@Matches': [TEXT, '@cv.Matches(/^a/)'],
  '@Matches each': [TEXT, '@cv.Matches(/^a/, { each: true })'],
};

const CLASSES: readonly ValidatedClass[] = [
  {
    name: 'Part',
    members: [{ name: 'name', type: 'string', optional: false, decorators: ['@cv.MinLength(2)'] }],
  },
  {
    name: 'Other',
    members: [{ name: 'id', type: 'number', optional: false, decorators: ['@cv.Min(0)'] }],
  },
  {
    name: 'Figure',
    members: [{ name: 'kind', type: 'string', optional: false, decorators: ['@cv.IsString()'] }],
  },
  {
    name: 'Circle',
    base: 'Figure',
    members: [{ name: 'radius', type: 'number', optional: false, decorators: ['@cv.Min(0)'] }],
  },
  {
    name: 'Square',
    base: 'Figure',
    members: [{ name: 'side', type: 'number', optional: false, decorators: ['@cv.Min(0)'] }],
  },
];

/** A field with some decorators, of a type. */
export interface Cell {
  readonly decorator: string;
  readonly shape: string;
  readonly subject: Validated;
}

/** Every decorator on every shape of the type that it is for. */
export function cells(): readonly Cell[] {
  return Object.entries(DECORATED).flatMap(([decorator, [base, ...decorators]]) =>
    Object.entries(SHAPES).map(([shape, { type, optional = false, values }]) => {
      const value = { name: 'value', type: type(base.type), optional, decorators };
      const holder: ValidatedClass = { name: 'Holder', members: [value] };
      return {
        decorator,
        shape,
        subject: {
          classes: [...CLASSES, holder],
          values: values(base.values).map((each) => (each === undefined ? {} : { value: each })),
        },
      };
    }),
  );
}
