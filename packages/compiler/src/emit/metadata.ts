import { SELF } from './design-annotations';
import { type Edit, insertion } from './edits';
import { called, type Script, type ScriptNode, nodesOf } from './script';

/** Constructors that always exist. */
const safe = new Set([
  'Array',
  'BigInt',
  'Boolean',
  'Date',
  'Function',
  'Map',
  'Number',
  'Object',
  'Promise',
  'Set',
  'String',
  'Symbol',
]);
const guard = ['(()=>{try{return ', '??Object}catch{return Object}})()'] as const;

/**
 * Guards what emitted metadata reads: in a cycle of imports a class may not exist yet, and a type may not exist at all.
 * The reader at run time takes `Object` for "ask the side-car".
 */
export function metadataEdits(script: Script & { readonly isModule: boolean }): Edit[] {
  const values = metadataValues(script.program).filter(
    ({ start }) => !script.code.startsWith(guard[0], start),
  );
  const guards = values.flatMap(({ start, end, alternate }): Edit[] => {
    const self = alternate?.name?.startsWith(SELF) && alternate.name.slice(SELF.length);
    return self
      ? [{ start, end, text: guard[0] + self + guard[1] }]
      : [insertion(start, guard[0]), insertion(end, guard[1])];
  });
  return script.isModule ? [...guards, ...typeImportEdits(script, values)] : guards;
}

function metadataValues(program: ScriptNode): ScriptNode[] {
  const found: ScriptNode[] = [];
  for (const { node } of nodesOf(program)) {
    const [key, value] =
      node.type === 'CallExpression' && isHelper(node.callee!) ? (node.arguments ?? []) : [];
    if (!value || !String(key?.value).startsWith('design:')) continue;
    found.push(...(value.elements ?? [value]).filter((each) => each !== null));
  }
  return found.filter(
    ({ type, name, alternate }) =>
      type !== 'UnaryExpression' && !safe.has(name ?? alternate?.name ?? ''),
  );
}

/** Of either emitter, in the file or in `tslib`. */
function isHelper(callee: ScriptNode): boolean {
  const { name, property } = called(callee);
  return /^(_ts|_)_metadata$/.test(name ?? property?.name ?? '');
}

/**
 * An import that only metadata mentions may be a type, which no module exports, and then linking fails.
 * A property of the module's namespace may be missing instead.
 */
function typeImportEdits({ program, code }: Script, values: readonly ScriptNode[]): Edit[] {
  const uses = usesOf(program);
  const isInMetadata = ({ start }: ScriptNode) =>
    values.some((value) => value.start <= start && start < value.end);
  const imports = (program.body as readonly ScriptNode[]).filter(
    ({ type }) => type === 'ImportDeclaration',
  );
  return imports.flatMap((declaration, index) => {
    const specifiers = declaration.specifiers ?? [];
    const onlyTypes = specifiers.filter(({ type, local }) => {
      const found = uses.get(local?.name ?? '') ?? [];
      return type !== 'ImportNamespaceSpecifier' && found.length > 0 && found.every(isInMetadata);
    });
    if (onlyTypes.length === 0) return [];
    const namespace = `__types${index}`;
    const kept = specifiers.filter((each) => !onlyTypes.includes(each));
    const from = ` from ${code.slice(declaration.source!.start, declaration.source!.end)};`;
    const replacement = `${kept.length > 0 ? `import ${clauseOf(kept, code)}${from}` : ''}import * as ${namespace}${from}`;
    const reads = onlyTypes.flatMap((specifier) =>
      (uses.get(specifier.local!.name!) ?? []).map(({ start, end }): Edit => ({
        start,
        end,
        text: `${namespace}.${importedName(specifier)}`,
      })),
    );
    return [{ start: declaration.start, end: declaration.end, text: replacement }, ...reads];
  });
}

/** Identifiers by name, but those that only name a property or stand in an import. */
function usesOf(program: ScriptNode): ReadonlyMap<string, readonly ScriptNode[]> {
  const uses = new Map<string, ScriptNode[]>();
  for (const { node, parents } of nodesOf(program)) {
    const [parent] = parents;
    if (node.type !== 'Identifier' || !node.name || !parent || isName(node, parent)) continue;
    uses.set(node.name, [...(uses.get(node.name) ?? []), node]);
  }
  return uses;
}

function isName(node: ScriptNode, parent: ScriptNode): boolean {
  if (/^Import\w*Specifier$/.test(parent.type)) return true;
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent.key === node && !parent.computed && parent.value !== node;
}

function clauseOf(specifiers: readonly ScriptNode[], code: string): string {
  const textOf = ({ start, end }: ScriptNode) => code.slice(start, end);
  const byDefault = specifiers.filter(({ type }) => type === 'ImportDefaultSpecifier').map(textOf);
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier').map(textOf);
  return [...byDefault, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ');
}

function importedName({ type, imported }: ScriptNode): string {
  return type === 'ImportDefaultSpecifier' ? 'default' : (imported?.name ?? '');
}
