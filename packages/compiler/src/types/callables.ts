import { SyntaxKind } from '../project/checker';
import { has, isOptional, nameOf, type Syntax, unwrapped } from '../project/syntax';
import { documentationOf, parameterTexts } from './documentation';
import { isImmediate } from './immediate';
import { initialOf } from './literal';
import { declaredType } from './members';
import type { Reader } from './reader';
import type { CallableData, ParameterData, TypeData } from './type-data';
import { withoutUndefined } from './unions';

/** No limit that data reaches, but one for what a library makes. */
const longestInferred = 16_384;

/** What a function takes and gives; where it does not say what it gives, `inferred` tells. */
export function callableOf(
  node: Syntax,
  reader: Reader,
  inferred: () => TypeData = () => 'unknown',
): CallableData {
  return {
    params: parametersOf(node, reader),
    returns: node.type ? reader.node(node.type) : inferred(),
    ...(node.type && { written: true }),
    ...(node.asteriskToken && { generator: true }),
    ...(has(node, SyntaxKind.AsyncKeyword) && { async: true }),
    ...(!node.type && node.body && isImmediate(node, reader.checker) && { immediate: true }),
  };
}

/** The function is the last argument of `dependency(…)`; one that is only named there tells nothing by its syntax. */
export function dependencyOf(node: Syntax, reader: Reader): CallableData {
  const callee = unwrapped(unwrapped(node.initializer)?.arguments?.at(-1));
  const kinds: readonly number[] = [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression];
  return callee && kinds.includes(callee.kind)
    ? callableOf(callee, reader)
    : { params: [], returns: 'unknown' };
}

/** The parameters of a function or constructor. */
export function parametersOf(callable: Syntax, reader: Reader): ParameterData[] {
  const texts = parameterTexts(callable);
  const isThis = (node: Syntax) => nameOf(node) === 'this';
  return (callable.parameters ?? [])
    .filter((node) => !isThis(node))
    .map((node): ParameterData => {
      const name = nameOf(node) ?? '';
      const doc = texts.get(name) ?? documentationOf(node).doc;
      const t = declaredType(node, reader);
      return {
        name,
        ...(isOptional(node) ? { t: withoutUndefined(t), opt: true } : { t }),
        ...(node.dotDotDotToken && { rest: true }),
        ...initialOf(node.initializer, reader.checker),
        ...(doc && { doc }),
      };
    });
}

/** What the checker infers that a function gives, which the editor shows; whatever it is, it is no error of the program. */
export function inferredResult(node: Syntax, reader: Reader): TypeData {
  const signature = reader.checker.getSignatureFromDeclaration(node as never);
  const type = signature && reader.checker.getReturnTypeOfSignature(signature);
  const before = reader.broken;
  const data = reader.type(type);
  reader.broken = before;
  const text = JSON.stringify(data);
  if (text.length > longestInferred) return { unsupported: 'a very long type' };
  // `{}`, which is left of `unknown` without null, is any value to TypeScript.
  return JSON.parse(text.replaceAll('{"object":{}}', '"unknown"')) as TypeData;
}
