import type { Json } from '../description';
import type { Validated, ValidatedClass, ValidatedMember } from '../validated';
import type { Draw } from './draw';
import { KINDS, OF_LISTS } from './validator-kinds';

const OPTIONS = [
  "groups: ['a']",
  'always: true',
  "message: 'no $property'",
  'validateIf: (o) => o.n0 !== 1',
];

interface Made {
  readonly member: ValidatedMember;
  /** A value, or undefined to leave it out. */
  value(): Json | undefined;
}

/** DTOs of class-validator as people write them, with values whose types are right. */
export function validators(draw: Draw): Validated {
  const classes: ValidatedClass[] = [];
  const make = new Classes(draw, classes).make(2);
  return { classes, values: draw.many(10, 10, make) };
}

class Classes {
  constructor(
    private readonly draw: Draw,
    private readonly classes: ValidatedClass[],
  ) {}

  /** Writes a class, and gives what makes values of it. */
  make(depth: number): () => { readonly [name: string]: Json } {
    const { draw } = this;
    const base = depth > 0 && draw.chance(25) ? this.make(0) : undefined;
    const inherited = base && this.classes.at(-1)!;
    const made = draw.many(1, 4, (at) =>
      depth > 0 && draw.chance(30)
        ? this.nested(`p${depth}${at}`, depth)
        : this.scalar(`${draw.pick('n', 's')}${at}`),
    );
    const name = `C${this.classes.length}`;
    const own = made.filter(
      ({ member }, at) => made.findIndex((each) => each.member.name === member.name) === at,
    );
    const members = own.map(({ member }) => member);
    const distinct = members.filter((member) => isNew(member, inherited));
    this.classes.push({ name, ...(inherited && { base: inherited.name }), members: distinct });
    return () => ({
      ...base?.(),
      ...Object.fromEntries(
        own
          .filter(({ member }) => distinct.includes(member))
          .map(({ member, value }) => [member.name, value()] as const)
          .filter((entry): entry is [string, Json] => entry[1] !== undefined),
      ),
    });
  }

  private scalar(name: string): Made {
    const { draw } = this;
    const kind = draw.pick(
      ...KINDS.filter(({ type }) => (type === 'number') === name.startsWith('n')),
    );
    const many = !name.startsWith('n') && draw.chance(30);
    const checks = draw.some(0, kind.decorators).slice(0, 3);
    const decorators = checks.map((check) => this.written(check, many));
    if (many)
      decorators.push(
        ...draw
          .some(0, OF_LISTS)
          .slice(0, 2)
          .map((check) => this.written(check, false)),
      );
    if (kind.type === 'Date') decorators.push('@Type(() => Date)');
    const presence = draw.pick('required', 'required', 'optional', 'nullable', 'when');
    return this.member(name, many ? `${kind.type}[]` : kind.type, decorators, presence, () =>
      many ? draw.many(0, 3, () => draw.pick(...kind.values)) : draw.pick(...kind.values),
    );
  }

  private nested(name: string, depth: number): Made {
    const { draw } = this;
    const make = this.make(depth - 1);
    const of = this.classes.at(-1)!.name;
    const many = draw.chance(50);
    const decorators = [
      `@cv.ValidateNested(${many && draw.chance(70) ? '{ each: true }' : ''})`,
      `@Type(() => ${of})`,
    ];
    // A condition skips constraints, and those of a class inside are part of its type: deviations.ts has it.
    const presence = draw.pick('required', 'optional', 'nullable');
    return this.member(name, many ? `${of}[]` : of, decorators, presence, () =>
      many ? draw.many(0, 2, make) : make(),
    );
  }

  /** Required, optional in TypeScript and by a decorator, or only sometimes checked. */
  private member(
    name: string,
    type: string,
    decorators: readonly string[],
    presence: 'required' | 'optional' | 'nullable' | 'when',
    value: () => Json,
  ): Made {
    const { draw } = this;
    const base = { name, decorators: [...decorators, '@cv.Allow({ always: true })'] };
    switch (presence) {
      case 'required':
        return { member: { ...base, type, optional: false }, value };
      case 'optional':
        return {
          member: {
            ...base,
            type,
            optional: true,
            decorators: [...base.decorators, '@cv.IsOptional()'],
          },
          value: () => (draw.chance(30) ? draw.pick(null, undefined) : value()),
        };
      case 'nullable':
        return {
          member: {
            ...base,
            type: `${type} | null`,
            optional: false,
            decorators: [...base.decorators, '@cv.IsOptional()'],
          },
          value: () => (draw.chance(30) ? draw.pick(null, undefined) : value()),
        };
      case 'when':
        return {
          member: {
            ...base,
            type,
            optional: false,
            decorators: [...base.decorators, '@cv.ValidateIf((o) => o.n0 !== 0)'],
          },
          value,
        };
    }
  }

  private written(check: string, each: boolean): string {
    const { draw } = this;
    const options = [
      ...(each ? ['each: true'] : []),
      ...draw.some(0, OPTIONS).slice(0, draw.pick(0, 0, 1, 2)),
    ];
    const written = options.length === 0 ? '' : `{ ${options.join(', ')} }`;
    return `@cv.${check.replace(/,?\)$/, (end) => `${written === '' || end === ')' ? '' : ', '}${written})`)}`;
  }
}

/** TypeScript lets a field be written once more only with an initializer, which would be a default. */
function isNew(member: ValidatedMember, inherited: ValidatedClass | undefined): boolean {
  return inherited?.members.every(({ name }) => name !== member.name) ?? true;
}
