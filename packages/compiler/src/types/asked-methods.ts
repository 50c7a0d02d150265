import { SignatureKind, SyntaxKind, type Type } from '../project/checker';
import type { Syntax } from '../project/syntax';
import type { Reader } from './reader';

/**
 * The methods that the decorators of a class ask it for by their own type: `run`, of one that is
 * `<T extends { run(): void }>(target: new () => T) => void`.
 */
export function askedMethods(node: Syntax, reader: Reader): ReadonlySet<string> {
  const decorators = (node.modifiers ?? []).filter(({ kind }) => kind === SyntaxKind.Decorator);
  return new Set(
    decorators.flatMap(({ expression }) =>
      expression === undefined ? [] : methodsOfTarget(expression, reader),
    ),
  );
}

function methodsOfTarget(decorator: Syntax, { checker }: Reader): readonly string[] {
  const called = (type: Type | undefined) =>
    type && checker.getSignaturesOfType(type, SignatureKind.Call)[0];
  const decorated = called(checker.getTypeAtLocation(decorator));
  const target = decorated && checker.getParameterType(decorated, 0);
  const made = target && checker.getSignaturesOfType(target, SignatureKind.Construct)[0];
  const instance = made && checker.getReturnTypeOfSignature(made);
  if (instance === undefined || !instance.isTypeParameter()) return [];
  const constraint = checker.getBaseConstraintOfType(instance);
  const members = constraint === undefined ? [] : checker.getPropertiesOfType(constraint);
  return members
    .filter((member) => called(checker.getTypeOfSymbol(member)) !== undefined)
    .map(({ name }) => name);
}
