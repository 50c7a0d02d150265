// The members of interfaces, classes and object types, with what their comments say.

/** Those of a declaration, and of the interfaces that it extends. */
export function membersOf(file, node, types = {}) {
  const above = baseMembers(file, node);
  const own = (node.body?.body ?? node.members)
    .map((member) => memberOf(file, member, types))
    .filter(Boolean)
    .filter((member) => {
      const repeats =
        member.kind !== 'constructor' && above.some(({ name }) => name === member.name);
      return !repeats || member.doc;
    });
  const docs = [own.find(({ kind }) => kind === 'constructor')?.doc, file.docBefore(node.start)];
  for (const member of own)
    member.doc ??= docs.map((doc) => parameterDoc(doc, member.name)).find(Boolean);
  const all = [...own, ...inherited(file, node)];
  return Object.values(Object.groupBy(all, ({ name }) => name)).map(([first, ...others]) => ({
    ...first,
    doc: [first, ...others].map(({ doc }) => doc).find(Boolean),
    signatures: [first, ...others].flatMap(({ signatures, from }) =>
      from === first.from ? signatures : [],
    ),
  }));
}

/** The members of the object types in a type, such as the second of `Options & { more?: string }`. */
export function literalsOf(type) {
  if (type?.type === 'TSTypeLiteral') return type.members;
  return type?.type === 'TSIntersectionType' ? type.types.flatMap(literalsOf) : [];
}

/** `(path?: string, options?: Options): Decorator`, with the arguments of type parameters in their places. */
export function callOf(file, { typeParameters, params, returnType }, doc, types = {}) {
  const named = doc?.tags
    .filter(({ tag }) => tag === 'param')
    .map(({ text }) => /^\w+/.exec(text)?.[0]);
  const written = params.map((param, index) => {
    const pattern = param.type === 'ObjectPattern' ? param : param.left;
    if (pattern?.type !== 'ObjectPattern') return file.source(param, types);
    const type = file.source(pattern.typeAnnotation, types);
    return `${named?.[index] ?? 'options'}${param.left || param.optional ? '?' : ''}${type}`;
  });
  const generic = typeParameters ? file.source(typeParameters, types) : '';
  return `${generic}(${written.join(', ')})${returnType ? file.source(returnType, types) : ''}`;
}

/** What a comment says of a parameter, which is a member too. */
export function parameterDoc(doc, name) {
  const said = doc?.tags.find(({ tag, text }) => tag === 'param' && text.split(/\s/)[0] === name);
  if (said === undefined) return undefined;
  const text = said.text.slice(name.length).trim();
  return { text: `${text[0].toUpperCase()}${text.slice(1)}.`, tags: [] };
}

/** Those of the class that a class extends, which say what its own are too. */
function baseMembers(file, { superClass }) {
  const base = superClass ? file.find(superClass.name) : undefined;
  return base?.nodes.flatMap(({ node }) => membersOf(base.file, node)) ?? [];
}

function inherited(file, { type, extends: bases = [] }) {
  if (type !== 'TSInterfaceDeclaration') return [];
  return bases.flatMap(({ expression, typeArguments }) => {
    if (expression.name !== 'Pick') return ofName(file, expression.name);
    const [target, keys] = typeArguments.params;
    const picked = (keys.types ?? [keys]).map(({ literal }) => literal.value);
    return ofName(file, target.typeName.name).filter(({ name }) => picked.includes(name));
  });
}

function ofName(file, name) {
  const found = file.find(name);
  const members = found?.nodes.flatMap(({ node }) => membersOf(found.file, node)) ?? [];
  return members.map((member) => ({ ...member, from: name }));
}

function memberOf(file, member, types) {
  const { key, value, kind, computed, accessibility } = member;
  const hidden = computed || accessibility === 'private' || key?.type === 'PrivateIdentifier';
  if (key === undefined || hidden || kind === 'set') return undefined;
  const name = key.name ?? key.value;
  const doc = file.docBefore(member.start);
  const call = member.type === 'TSMethodSignature' ? member : value?.params && value;
  const type = (kind === 'get' ? call.returnType : member.typeAnnotation)?.typeAnnotation;
  const optional = member.optional ?? false;
  const before = `${accessibility === 'protected' ? 'protected ' : ''}${member.static ? 'static ' : ''}`;
  if (call && kind !== 'get') {
    const shown = `${before}${name}${optional ? '?' : ''}`;
    return { name, doc, kind, call, signatures: [`${shown}${callOf(file, call, doc, types)}`] };
  }
  const written = type ? file.source(type, types) : 'unknown';
  return {
    name,
    doc,
    optional,
    type: written,
    nested: literalsOf(type)
      .map((inner) => memberOf(file, inner, types))
      .filter(Boolean),
    signatures: [`${before}${name}${optional ? '?' : ''}: ${written}`],
  };
}
