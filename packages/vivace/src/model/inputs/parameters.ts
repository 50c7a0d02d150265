import { declarationOf } from '../../declare/class-facts';
import type { InputFacts, UseFacts } from '../../declare/value-facts';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { ClassDefinition, MethodData, ParameterData, TypeData } from '../../reflect/type-data';
import type { Types } from '../../reflect/types';
import { substitute } from '../../schema/generics';
import type { Class } from '../../declare/class';
import { lineage } from '../classes';

/** A parameter as it was written: its type, default and mark. */
export interface Parameter {
  readonly name: string;
  /** Of the side-car; undefined where only decorators count. */
  readonly type: TypeData | undefined;
  /** What the emitter left of the type. */
  readonly design: Class | undefined;
  /** Meanings of the type parameters of a generic base class. */
  readonly generics: ReadonlyMap<string, TypeData>;
  /** `q?: string`. */
  readonly optional: boolean;
  /** A default that the compiler could read. */
  readonly default: { readonly value: unknown } | undefined;
  /** Any default, also one that is known only when the method is called. */
  readonly defaulted: boolean;
  readonly description: string | undefined;
  readonly mark: InputFacts | UseFacts | undefined;
  readonly where: Where;
}

/** The parameters of a method, or of the constructor. */
export function parametersOf(
  types: Types,
  controller: Class,
  declarer: Class,
  method: string | undefined,
  where: Where,
): readonly Parameter[] {
  const written =
    method === undefined
      ? types.of(declarer)?.ctor
      : methodOf(types, controller, declarer, method)?.params;
  const design = types.designOfParameters(declarer, method);
  const marks = declarationOf(declarer).marks.filter(
    (mark) => mark.index !== undefined && mark.method === method,
  );
  const generics = genericsOf(types, controller, declarer);
  const count = Math.max(written?.length ?? design.length, ...marks.map(({ index }) => index! + 1));
  return Array.from({ length: count }, (_, index) => {
    const type = written?.[index];
    const place = { ...where, parameter: placeName(type, index) };
    const [mark, second] = marks.filter((one) => one.index === index).map((one) => one.mark);
    if (second !== undefined)
      throw new BootError(
        'PARAMETER_MARKS',
        place,
        'The parameter has two marks.',
        'one of them: a value has one source',
      );
    if (type?.rest)
      throw new BootError(
        'PARAMETER_REST',
        place,
        'A rest parameter has no name on the wire.',
        `a list with a mark, such as @Query() ${type.name}: string[]`,
      );
    return parameter(type, mark, design[index], generics, place);
  });
}

/** What is written about a method, with the arguments of a generic base class where they cannot simply be put in (`Partial<T>`). */
export function methodOf(
  types: Types,
  controller: Class,
  declarer: Class,
  method: string,
): MethodData | undefined {
  return (
    resolvedBase(types, controller, declarer)?.methods?.[method] ??
    types.of(declarer)?.methods?.[method]
  );
}

/** A generic class with its arguments has what it inherits, too. */
function resolvedBase(types: Types, from: Class, to: Class): ClassDefinition | undefined {
  const bases = [...lineage(from)].flatMap((type) =>
    type === to ? [] : (types.of(type)?.extends ?? []),
  );
  for (const base of bases) {
    if (typeof base !== 'object' || !('ref' in base) || base.to === undefined) continue;
    const type = types.classOf(base.ref);
    const definition = types.definition(base.to);
    if (definition?.kind === 'class' && type !== undefined && [...lineage(type)].includes(to))
      return definition;
  }
  return undefined;
}

/** The class in whose body the constructor stands; undefined where there is none. */
export function constructorOf(types: Types, type: Class): Class | undefined {
  return [...lineage(type)].find(
    (one) => types.of(one)?.ctor !== undefined || (types.of(one) === undefined && one.length > 0),
  );
}

/** Whether a name can be a name on the wire: a destructured parameter has none. */
export function isNamed({ name }: Parameter): boolean {
  return /^[A-Za-z$_][\w$]*$/.test(name) && !/^__\d+$/.test(name);
}

function parameter(
  type: ParameterData | undefined,
  mark: InputFacts | UseFacts | undefined,
  design: Class | undefined,
  generics: ReadonlyMap<string, TypeData>,
  where: Where,
): Parameter {
  const known = type !== undefined && 'default' in type;
  return {
    name: type?.name ?? '',
    type: type?.t,
    design,
    generics,
    optional: type?.opt === true,
    default: known ? { value: type.default } : undefined,
    defaulted: known || type?.dyn === true,
    description: type?.doc,
    mark,
    where,
  };
}

function placeName(type: ParameterData | undefined, index: number): string {
  return type === undefined || /^(__\d+)?$|[{[]/.test(type.name)
    ? `parameter ${index + 1}`
    : type.name;
}

/** `class Users extends Crud<User>`: what `T` of `Crud` means in `Users`. */
export function genericsOf(types: Types, from: Class, to: Class): ReadonlyMap<string, TypeData> {
  let known = new Map<string, TypeData>();
  for (const type of lineage(from)) {
    if (type === to) return known;
    known = argumentsOfBase(types, types.of(type), known);
  }
  return known;
}

function argumentsOfBase(
  types: Types,
  definition: ClassDefinition | undefined,
  known: ReadonlyMap<string, TypeData>,
): Map<string, TypeData> {
  for (const base of definition?.extends ?? []) {
    if (typeof base !== 'object' || !('ref' in base)) continue;
    const target = types.definition(base.ref);
    if (target?.kind !== 'class') continue;
    return new Map(
      (target.params ?? []).map((name, index) => [
        name,
        substitute(base.args?.[index] ?? 'unknown', known),
      ]),
    );
  }
  return new Map();
}
