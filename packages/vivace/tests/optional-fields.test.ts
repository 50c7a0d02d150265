import { Ajv2020 } from 'ajv/dist/2020';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsDefined,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { parse, type int, type RequestValidationError } from 'vivace';
import { jsonSchema } from 'vivace/openapi';

enum Role {
  admin = 'admin',
  user = 'user',
}
class Part {
  @MinLength(2) name!: string;
}

class Fields {
  @IsOptional() @IsEnum(Role) nullable: Role | null = null;
  @IsOptional() @IsEnum(Role) enumeration!: Role;
  @IsOptional() @IsEnum(Role) withDefault: Role = Role.user;
  @IsOptional() @IsIn(['a', 'b']) choice?: string | null;
  @IsOptional() @IsInt() @Min(1) count!: int;
  @IsOptional() @Matches(/^a/) text!: string | null;
  @IsOptional() @IsString({ each: true }) @ArrayMinSize(1) list!: string[];
  @IsOptional() @IsInt({ each: true }) numbers!: Set<number> | null;
  @IsOptional() @MinLength(2, { each: true }) byName!: Map<string, string>;
  @IsOptional() @IsInt({ each: true }) pair!: [number, number];
  @IsOptional() @ValidateNested() @Type(() => Part) part!: Part;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Part) parts: Part[] | null = null;
  @IsOptional() some!: Partial<Part>;
  @IsOptional() record!: Record<string, int>;
  @IsOptional() @IsInt() either!: int | string;
  @IsOptional() @IsDefined() told!: string;
  @IsOptional() @Type(() => Date) at!: Date;
  @IsOptional() anything!: unknown;
}

const right: Readonly<Record<keyof Fields, unknown>> = {
  nullable: 'admin',
  enumeration: 'user',
  withDefault: 'admin',
  choice: 'a',
  count: 1,
  text: 'ab',
  list: ['a'],
  numbers: [1],
  byName: { a: 'ab' },
  pair: [1, 2],
  part: { name: 'ab' },
  parts: [{ name: 'ab' }],
  some: { name: 'ab' },
  record: { a: 1 },
  either: 1,
  told: 'a',
  at: '2026-01-01T00:00:00Z',
  anything: 1,
};
const wrong: Readonly<Partial<Record<keyof Fields, unknown>>> = {
  nullable: 'x',
  enumeration: 'x',
  withDefault: 'x',
  choice: 'c',
  count: 0,
  text: 'b',
  list: [],
  numbers: ['a'],
  byName: { a: 'a' },
  pair: [1, 'a'],
  part: { name: 'a' },
  parts: [{ name: 'a' }],
  record: { a: 'a' },
};

class Conditional {
  @Min(1) count!: number;
  @ValidateIf(({ count }: Conditional) => count !== 0) @MinLength(2) text!: string;
}

it('a condition sees a field that was refused as it was sent', () => {
  const issuesOf = (value: object) => {
    try {
      parse(Conditional, value);
    } catch (error) {
      return (error as RequestValidationError).issues.map(({ loc }) => loc.join('.'));
    }
    return [];
  };
  expect(issuesOf({ count: 0, text: 'a' })).toEqual(['count']);
  expect(issuesOf({ count: -1, text: 'a' })).toEqual(['count', 'text']);
});

describe('@IsOptional() lets null through, and nothing, whatever the type says', () => {
  const schema = jsonSchema(Fields) as { required?: string[] };
  const fits = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const names = Object.keys(right) as (keyof Fields)[];

  it.each(names)('%s', (name) => {
    expect(parse(Fields, { [name]: null })[name]).toBeNull();
    expect(() => parse(Fields, {})).not.toThrow();
    expect(() => parse(Fields, { [name]: right[name] })).not.toThrow();
    if (name in wrong) expect(() => parse(Fields, { [name]: wrong[name] })).toThrow();
  });

  it.each(names)('the document says so of %s', (name) => {
    expect(schema.required ?? []).not.toContain(name);
    expect(fits({ [name]: null })).toBe(true);
    expect(fits({ [name]: right[name] })).toBe(true);
    if (name in wrong) expect(fits({ [name]: wrong[name] })).toBe(false);
  });
});
