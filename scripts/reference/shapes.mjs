// What a declaration looks like: its lines of code, its members, and the types that it mentions.
import { callOf, literalsOf, membersOf, parameterDoc } from './members.mjs';

/** Tells one declaration from another. */
export const idOf = ({ file, nodes }) => `${file.path}#${nodes[0].start}`;

/** The value of a constant that is a number. */
export function numberOf({ nodes: [{ node }] }) {
  return node.type === 'VariableDeclaration' ? node.declarations[0].init?.value : undefined;
}

export function shapeOf({ file, name, nodes }, doc) {
  const shapes = nodes.map(({ node }) => {
    if (node.type === 'VariableDeclaration') return constantShape(file, name, node, doc);
    if (node.type === 'TSDeclareFunction') return functionShape(file, name, node, doc);
    if (node.type === 'TSTypeAliasDeclaration') return aliasShape(file, name, node);
    const all = membersOf(file, node);
    const make = all.find(({ kind }) => kind === 'constructor');
    const body = make === undefined ? '' : `${make.signatures.join(';')};`;
    return {
      lines: [headOf(file, name, node, body)],
      members: all.filter((member) => member !== make),
      options: optionsOf(file, make?.call, doc),
    };
  });
  const all = (part) => shapes.flatMap((shape) => shape[part] ?? []);
  return { lines: all('lines'), members: all('members'), options: all('options') };
}

/** The named types of this package that a declaration mentions, but for interfaces of calls, which are shown where they are used. */
export function typesIn({ file, name: self, nodes }) {
  const found = new Map();
  walk(
    nodes.map(({ node }) => node),
    ({ type, typeName }) => {
      const declared = type === 'TSTypeReference' ? file.find(typeName.name) : undefined;
      if (declared === undefined || declared.name === self) return;
      if (callsOf(declared).length > 0)
        for (const inner of typesIn(declared)) found.set(idOf(inner), inner);
      else found.set(idOf(declared), declared);
    },
  );
  return [...found.values()];
}

function functionShape(file, name, node, doc) {
  return {
    lines: [`declare function ${name}${callOf(file, node, doc)};`],
    options: optionsOf(file, node, doc),
  };
}

/** What the object types of parameters have, with what a comment says of it: `@param options.name …`. */
function optionsOf(file, call, doc) {
  const types = (call?.params ?? []).map((param) => (param.left ?? param).typeAnnotation);
  const options = types.flatMap((type) =>
    membersOf(file, { members: literalsOf(type?.typeAnnotation) }),
  );
  for (const option of options) option.doc ??= parameterDoc(doc, `options.${option.name}`);
  return options;
}

function aliasShape(file, name, node) {
  const members = literalsOf(node.typeAnnotation);
  const line = members.length > 0 ? headOf(file, name, node) : `${file.source(node)}`;
  return { lines: [line], members: membersOf(file, { members }) };
}

/** A constant whose type is an interface of calls is a function, with the arguments of the type parameters in their places. */
function constantShape(file, name, { declarations }, doc) {
  const type = declarations.find(({ id }) => id.name === name).id.typeAnnotation.typeAnnotation;
  const declared = type.type === 'TSTypeReference' ? file.find(type.typeName.name) : undefined;
  const calls = declared === undefined ? [] : callsOf(declared);
  if (calls.length === 0) return { lines: [`declare const ${name}: ${file.source(type)};`] };
  const given = type.typeArguments?.params ?? [];
  const parameters = declared.nodes[0].node.typeParameters?.params ?? [];
  const types = Object.fromEntries(
    parameters.map((parameter, index) => [
      parameter.name.name,
      given[index] ? file.source(given[index]) : '{}',
    ]),
  );
  return {
    lines: calls.map(
      (call) => `declare function ${name}${callOf(declared.file, call, doc, types)};`,
    ),
    options: given
      .flatMap((argument) => membersOf(file, { members: literalsOf(argument) }))
      .filter(({ type: never }) => never !== 'never'),
  };
}

function headOf(file, name, node, body = '') {
  const generic = node.typeParameters ? file.source(node.typeParameters) : '';
  if (node.type !== 'ClassDeclaration') {
    const bases = (node.extends ?? []).map((base) => file.source(base)).join(', ');
    return `interface ${name}${generic}${bases && ` extends ${bases}`} {}`;
  }
  const given = node.superTypeArguments ? file.source(node.superTypeArguments) : '';
  const base = node.superClass ? ` extends ${file.source(node.superClass)}${given}` : '';
  return `declare ${node.abstract ? 'abstract ' : ''}class ${name}${generic}${base} {${body}}`;
}

function callsOf({ nodes: [{ node }] }) {
  const members = node.type === 'TSInterfaceDeclaration' ? node.body.body : [];
  return members.filter(({ type }) => type === 'TSCallSignatureDeclaration');
}

function walk(node, visit) {
  if (node === null || typeof node !== 'object') return;
  if (node.computed || node.accessibility === 'private') return;
  if (!Array.isArray(node)) visit(node);
  for (const inner of Object.values(node)) walk(inner, visit);
}
