import type { Function, MethodDefinition, Program } from 'oxc-parser';
import { classOf } from '../syntax/classes';
import { operationsOf } from '../syntax/request-functions';
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

function* bodiesOf({ params }: Function) {
  for (const node of params) {
    const type = node.type === 'Identifier' ? node.typeAnnotation?.typeAnnotation : undefined;
    if (type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier')
      yield { node, name: type.typeName.name };
  }
}

function defaultOf(name: string, program: Program, file: string): string | undefined {
  const fields = classOf(name, program, file)?.body.body ?? [];
  const field = fields.find(
    (member) => member.type === 'PropertyDefinition' && !member.static && member.value,
  );
  return field?.type === 'PropertyDefinition' ? keyOf(field) : undefined;
}
