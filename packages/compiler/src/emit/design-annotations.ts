import { applyEdits, type Edit, insertion } from './edits';
import type { DesignFacts } from '../project/design';
import { DesignTypes } from './design-types';
import { nodesOf, parseSource, type ScriptNode, type Visited } from './script';

/** Before the name of a class in its own metadata, which SWC would leave out. */
export const SELF = '$self_';
/** Decorators that only tell what to do with the metadata of SWC: the result that it has, and the values that it should not forget to import. */
export const RETURNS = '$returns';
export const KEEPS = '$keeps';

interface Annotated extends ScriptNode {
  readonly typeAnnotation?: (ScriptNode & { readonly typeAnnotation: ScriptNode }) | null;
  readonly returnType?: (ScriptNode & { readonly typeAnnotation: ScriptNode }) | null;
  readonly params?: readonly Annotated[];
  readonly parameter?: Annotated;
  readonly argument?: Annotated;
  readonly left?: Annotated;
  readonly decorators?: readonly ScriptNode[];
  readonly optional?: boolean;
  readonly async?: boolean;
  readonly generator?: boolean;
  readonly static?: boolean;
}

/**
 * Writes the annotations of what is decorated in a form whose metadata is that of `tsc`: SWC sees one file only, and reads some forms otherwise.
 * What only types use is then imported by neither. No line moves.
 *
 * @param facts what the checker says of names
 */
export function withDesignTypes(source: string, filename: string, facts: DesignFacts): string {
  if (!source.includes('@')) return source;
  const program = parseSource(source, filename);
  if (!program) return source;
  const annotations = new Annotations(source, new DesignTypes(source, facts));
  for (const visited of nodesOf(program)) annotations.read(visited);
  return applyEdits(source, annotations.edits);
}

class Annotations {
  readonly edits: Edit[] = [];
  /** The classes around, from the nearest. */
  #own: readonly string[] = [];
  #kept = new Set<string>();

  constructor(
    readonly source: string,
    readonly types: DesignTypes,
  ) {}

  /** A class whose members, constructor or itself have decorators. */
  read({ node, parents }: Visited): void {
    if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return;
    this.#own = [node, ...parents].flatMap(({ id }) => id?.name ?? []);
    const members = (node.body as ScriptNode).body as readonly Annotated[];
    for (const member of members) {
      const method = member.value as Annotated | undefined;
      const isDecorated = [member, ...(method?.params ?? [])].some(hasDecorator);
      if (member.kind === 'constructor') {
        if (!isDecorated && !hasDecorator(node)) continue;
        if (method?.body) this.#parameters(method);
        else this.#write(member, '');
        this.#keep(node);
      } else if (isDecorated) {
        this.#member(member, members);
        this.#keep(member);
      }
    }
  }

  #member(member: Annotated, members: readonly Annotated[]): void {
    const method = member.value as Annotated | undefined;
    if (member.kind === 'get' || member.kind === 'set') {
      const pair = members.filter((each) => isAccessorOf(each, member, this.source));
      for (const each of pair) this.#accessor(each, typeOfPair(pair));
    } else if (member.kind === 'method' && method) {
      this.#parameters(method);
      const written = method.returnType?.typeAnnotation;
      this.#result(method, written ? this.#typeOf(written) : bareResult(method), member);
    } else this.#annotate(member, endOfKey(member, this.source), this.#typeOf(typeOf(member)));
  }

  /** Both have the type of the pair. */
  #accessor(accessor: Annotated, type: ScriptNode | undefined): void {
    const method = accessor.value as Annotated;
    const written = this.#typeOf(type);
    if (accessor.kind === 'get') return this.#result(method, written, accessor);
    const [parameter] = method.params ?? [];
    if (parameter) this.#annotate(parameter, parameter.end, written);
  }

  #parameters({ params = [] }: Annotated): void {
    for (const each of params) {
      const target = each.parameter ?? each;
      const holder = target.type === 'AssignmentPattern' ? target.left! : target;
      const isRest = target.type === 'RestElement';
      const written = typeOf(holder) ?? (isRest ? typeOf(holder.argument!) : undefined);
      const type = this.#typeOf(isRest ? this.types.itemOf(written) : written);
      this.#annotate(holder, holder.end, type);
    }
  }

  /** Whatever is said of an asynchronous method, SWC takes its result for a promise. */
  #result(method: Annotated, type: string, member: Annotated): void {
    const body = method.body as ScriptNode | null;
    if (method.returnType) this.#write(method.returnType.typeAnnotation, type);
    else if (body) this.edits.push(insertion(body.start, `:${type} `));
    const value = type === 'void' ? 'void 0' : type === 'object' ? 'Object' : undefined;
    if (method.async && value) this.#decorate(member, `${RETURNS}(${value})`);
  }

  #annotate(holder: Annotated, end: number, type: string): void {
    const written = typeOf(holder);
    if (written) this.#write(written, type);
    else this.edits.push(insertion(end, `:${type}`));
  }

  #typeOf(node: ScriptNode | undefined): string {
    const type = this.types.of(node);
    const value = this.types.valueOf(node);
    if (value) this.#kept.add(value);
    return this.#own.includes(type) ? SELF + type : type;
  }

  #keep(node: ScriptNode): void {
    if (this.#kept.size > 0) this.#decorate(node, `${KEEPS}(${[...this.#kept].join()})`);
    this.#kept.clear();
  }

  #decorate(node: Annotated, call: string): void {
    const at = Math.min(node.start, node.decorators?.[0]?.start ?? node.start);
    this.edits.push(insertion(at, `@${call} `));
  }

  /** Lines stay where they are. */
  #write({ start, end }: ScriptNode, text: string): void {
    const lines = this.source.slice(start, end).replace(/[^\n]+/g, '');
    this.edits.push({ start, end, text: text + lines });
  }
}

function bareResult({ async, generator }: Annotated): string {
  return async && !generator ? 'Promise' : 'void';
}

function hasDecorator(node: Annotated | ScriptNode): boolean {
  const { decorators = [], parameter } = node as Annotated;
  return decorators.length > 0 || (parameter?.decorators ?? []).length > 0;
}

function typeOf({ typeAnnotation }: Annotated): ScriptNode | undefined {
  return typeAnnotation?.typeAnnotation;
}

/** The setter has the say, if there is one. */
function typeOfPair(pair: readonly Annotated[]): ScriptNode | undefined {
  const methods = pair.map(({ kind, value }) => ({ kind, value: value as Annotated }));
  const set = methods.find(({ kind }) => kind === 'set')?.value.params?.[0];
  const get = methods.find(({ kind }) => kind === 'get')?.value.returnType?.typeAnnotation;
  return set ? typeOf(set) : get;
}

function isAccessorOf(each: Annotated, member: Annotated, source: string): boolean {
  const nameOf = ({ key }: Annotated) => source.slice(key!.start, key!.end);
  const isAccessor = each.kind === 'get' || each.kind === 'set';
  return isAccessor && each.static === member.static && nameOf(each) === nameOf(member);
}

/** Where the type of a property that has none would stand: past the bracket of a calculated name, and past `?`. */
function endOfKey({ key, computed, optional }: Annotated, source: string): number {
  const name = computed ? source.indexOf(']', key!.end) + 1 : key!.end;
  return optional ? source.indexOf('?', name) + 1 : name;
}
