import { type Edit, insertion } from './edits';
import { ANONYMOUS, ClassIds } from '../project/class-ids';
import { called, type Script, type ScriptNode, nodesOf, type Visited } from './script';

/** What an identity says besides the name. */
export interface Origin {
  /** The first part of the id, such as `shop/src/dto.ts`. */
  readonly module: string;
  readonly hash: string;
  readonly isModule: boolean;
  /** Those that have types at run time; all, where it is not known yet. */
  readonly ids?: ReadonlySet<string> | undefined;
}

/**
 * Gives every class a static block that registers it, and every `dependency(…)` a last argument, with the id under which the side-car has its types.
 * They stand on lines that exist, and replace those of an earlier run.
 */
export function identityEdits(script: Script, origin: Origin): Edit[] {
  const callees = dependencyCallees(script);
  const file = origin.isModule ? 'import.meta.filename??import.meta.url' : '__filename';
  const ids = new ClassIds(origin.module);
  const edits: Edit[] = [];
  for (const visited of nodesOf(script.program)) {
    const call = dependencyCall(visited.node, callees, script);
    const written = isClass(visited.node) ? className(visited) : call && holderName(visited.node);
    if (written === undefined) continue;
    const id = ids.next(written);
    const [quoted, hash] = [JSON.stringify(id), JSON.stringify(origin.hash)];
    if (call) {
      const identity = `{[Symbol.for("vivace.id")]:${quoted},hash:${hash},file:${file}}`;
      edits.push(argumentEdit(call, identity, script));
      continue;
    }
    const name = written === ANONYMOUS ? named(ids.nameOf(written)) : '';
    const isKnown = origin.ids?.has(id) ?? true;
    const registered = isKnown ? `${registry}.push([${quoted},this,${hash},${file}])` : '';
    edits.push(classEdit(visited.node, name + registered, script));
  }
  return edits;
}

const registry = '(globalThis[Symbol.for("vivace.types")]??=[])';
const naming = 'Object.defineProperty(this,"name",';
const named = (name: string) => `${naming}{value:"${name}",configurable:true});`;

function isClass({ type }: ScriptNode): boolean {
  return type === 'ClassDeclaration' || type === 'ClassExpression';
}

/** Emitters name an anonymous default export themselves; it is called by its file. */
function className({ node, parents: [holder] }: Visited): string | undefined {
  const name = node.id?.name ?? (holder && holderName(holder));
  return name && /^(default_\d+|_(default|class)\d*)$/.test(name) ? ANONYMOUS : name;
}

/** What holds a value: a variable, or in CommonJS a property of `exports`. */
function holderName({ type, id, left }: ScriptNode): string | undefined {
  if (type === 'VariableDeclarator') return id?.name;
  if (type === 'ExportDefaultDeclaration') return ANONYMOUS;
  return type === 'AssignmentExpression' && left?.object?.name === 'exports'
    ? left.property?.name
    : undefined;
}

/** A class that has nothing to say has no block. */
function classEdit({ body }: ScriptNode, text: string, { code }: Script): Edit {
  const block = body as ScriptNode;
  const [first] = block.body as readonly ScriptNode[];
  const isOurs =
    first?.type === 'StaticBlock' &&
    [registry, naming].some((start) => code.startsWith(`static{${start}`, first.start));
  return {
    start: block.start + 1,
    end: isOurs ? first.end : block.start + 1,
    text: text && `static{${text}}`,
  };
}

function argumentEdit(
  { arguments: given = [], end }: ScriptNode,
  text: string,
  { code }: Script,
): Edit {
  const last = given.at(-1);
  if (!last) return insertion(end - 1, text);
  const isOurs = code.slice(last.start, last.end).startsWith('{[Symbol.for("vivace.id")]');
  return isOurs ? { start: last.start, end: last.end, text } : insertion(last.end, `,${text}`);
}

/** The call of `dependency` that a variable is set to. */
function dependencyCall(
  holder: ScriptNode,
  callees: ReadonlySet<string>,
  { code }: Script,
): ScriptNode | undefined {
  const value = holder.init ?? holder.right;
  if (value?.type !== 'CallExpression' || !value.callee) return undefined;
  const callee = called(value.callee);
  return callees.has(code.slice(callee.start, callee.end)) ? value : undefined;
}

/** How a file may call the function `dependency` of vivace. */
function dependencyCallees({ program, code }: Script): ReadonlySet<string> {
  const statements = (program.body ?? []) as readonly ScriptNode[];
  const imports = statements.filter(
    ({ type, source }) => type === 'ImportDeclaration' && source?.value === 'vivace',
  );
  const fromImports = imports
    .flatMap(({ specifiers = [] }) => specifiers)
    .flatMap(({ type, imported, local }) => {
      if (type === 'ImportNamespaceSpecifier') return [`${local?.name}.dependency`];
      return imported?.name === 'dependency' && local?.name ? [local.name] : [];
    });
  const requires = statements
    .flatMap(
      (statement) => (statement as { declarations?: readonly ScriptNode[] }).declarations ?? [],
    )
    .filter(
      ({ init }) =>
        init && /\brequire\(["']vivace["']\)\)?$/.test(code.slice(init.start, init.end)),
    );
  const fromRequires = requires.flatMap(({ id }) =>
    id?.name ? [`${id.name}.dependency`] : destructured(id),
  );
  return new Set([...fromImports, ...fromRequires]);
}

function destructured(pattern: ScriptNode | null | undefined): string[] {
  const found = pattern?.properties?.filter(({ key }) => key?.name === 'dependency') ?? [];
  return found.map((property) => (property.value as ScriptNode).name ?? '');
}
