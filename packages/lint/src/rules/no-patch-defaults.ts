import type { Class, Function, MethodDefinition, Program, TSType } from 'oxc-parser';
import { classesOf } from '../syntax/classes';
import { decoratorsOf, operationsOf } from '../syntax/request-functions';
import type { Rule } from './rule';
import { keyOf, nodesOf } from '../syntax/nodes';

export const noPatchDefaults: Rule = {
  about: 'A body of @Patch has no defaults, unless what was sent is told from them.',
  *find(program, file) {
    for (const method of operationsOf(program, new Set(['Patch']))) {
      if (tellsWhatWasSent(method)) continue;
      for (const { node, name } of bodiesOf(method.value as Function)) {
        const field = defaultOf(name, program, file);
        if (field === undefined) continue;
        const seen = `${name}.${field} has a default, which overwrites what is kept when a client leaves it out.`;
        yield {
          node,
          seen,
          write: `${field}?: without a value, or fieldsSet(body) or dump(body, { excludeUnset: true })`,
        };
      }
    }
  },
};

function tellsWhatWasSent(method: MethodDefinition): boolean {
  return [...nodesOf(method)].some(
    (node) => node.type === 'Identifier' && /^(?:fieldsSet|excludeUnset)$/.test(node.name),
  );
}

/** Parameters of classes, but for those that are marked to be something else. */
function* bodiesOf({ params }: Function) {
  for (const node of params) {
    if (node.type !== 'Identifier') continue;
    if (decoratorsOf(node).some((name) => name !== 'Body')) continue;
    for (const name of classNamesOf(node.typeAnnotation?.typeAnnotation)) yield { node, name };
  }
}

function classNamesOf(type: TSType | undefined): readonly string[] {
  if (type?.type === 'TSUnionType') return type.types.flatMap((member) => classNamesOf(member));
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier'
    ? [type.typeName.name]
    : [];
}

/** The first field with a default, of the class or of one that it extends. */
function defaultOf(name: string, program: Program, file: string): string | undefined {
  const classes = [...classesOf(name, program, file)];
  if (classes.some((node) => decoratorsOf(node).includes('Injectable'))) return undefined;
  return classes.flatMap(defaultsOf)[0];
}

function defaultsOf({ body }: Class): readonly string[] {
  return body.body.flatMap((member) => {
    if (member.type !== 'PropertyDefinition' || member.static || !member.value) return [];
    const field = member.accessibility === 'private' ? undefined : keyOf(member);
    return field === undefined ? [] : [field];
  });
}
