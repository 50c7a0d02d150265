import { type Signature, SignatureKind, SyntaxKind, type Type } from '../project/checker';
import { has, isClass, lineOf, nameOf, type Syntax } from '../project/syntax';
import { askedMethods } from './asked-methods';
import { callableOf, inferredResult } from './callables';
import { documentationOf } from './documentation';
import type { Reader } from './reader';
import type { ClassDefinition, MethodData } from './type-data';
import { withoutUndefined } from './unions';

/** The methods of a class that has operations; of any other, those that its decorators ask for. */
export function methodsOf(node: Syntax, reader: Reader): ClassDefinition['methods'] {
  const { members = [] } = node;
  const asked = askedMethods(node, reader);
  const isOperation = (member: Syntax) => isDecorated(member) || asked.has(nameOf(member) ?? '');
  const hasOperations = members.some((member) => isCallable(member) && isDecorated(member));
  const methods = members.filter(
    (member) => isInstanceMethod(member) && (hasOperations || isOperation(member)),
  );
  return methods.length > 0
    ? Object.fromEntries(
        methods.map((method) => [nameOf(method)!, methodOf(method, reader, isOperation(method))]),
      )
    : undefined;
}

/** The same of a generic class with its arguments: what is made from a parameter is what the checker makes of it. */
export function resolvedMethods(
  node: Syntax,
  type: Type,
  reader: Reader,
): ClassDefinition['methods'] {
  const methods = { ...inheritedMethods(type, reader), ...methodsOf(node, reader) };
  if (Object.keys(methods).length === 0) return undefined;
  const { checker } = reader;
  const symbols = new Map(
    checker.getPropertiesOfType(type).map((property) => [property.name, property]),
  );
  const resolved = Object.entries(methods).map(([name, method]): [string, MethodData] => {
    const symbol = symbols.get(name);
    const own = symbol && checker.getTypeOfSymbol(symbol);
    const signature = own && checker.getSignaturesOfType(own, SignatureKind.Call)[0];
    return [name, signature ? withArguments(method, signature, reader) : method];
  });
  return Object.fromEntries(resolved);
}

/** Those of the classes that it extends, the nearest last. */
function inheritedMethods(type: Type, reader: Reader): NonNullable<ClassDefinition['methods']> {
  const target = type.isTypeReference() ? type.getTarget() : type;
  const bases = (target.isClassOrInterface() ? target.getBaseTypes() : undefined) ?? [];
  const inherited = bases.map((base) => {
    const node = reader.declarations.ofSymbol(base.getSymbol()!)?.node;
    return {
      ...inheritedMethods(base, reader),
      ...(node && isClass(node) && methodsOf(node, reader)),
    };
  });
  return Object.assign({}, ...inherited) as NonNullable<ClassDefinition['methods']>;
}

function withArguments(method: MethodData, signature: Signature, reader: Reader): MethodData {
  const { checker } = reader;
  const isMade = (data: unknown) => /\{"(unsupported|param)":/.test(JSON.stringify(data));
  return {
    ...method,
    params: method.params.map((parameter, index) =>
      isMade(parameter.t)
        ? {
            ...parameter,
            t: withoutUndefined(reader.type(checker.getParameterType(signature, index))),
          }
        : parameter,
    ),
    returns: isMade(method.returns)
      ? reader.type(checker.getReturnTypeOfSignature(signature))
      : method.returns,
  };
}

/** What an operation gives counts, written or not. */
function methodOf(node: Syntax, reader: Reader, isOperation: boolean): MethodData {
  const inferred = isOperation && node.body ? () => inferredResult(node, reader) : undefined;
  return { line: lineOf(node), ...documentationOf(node), ...callableOf(node, reader, inferred) };
}

function isCallable({ kind }: Syntax): boolean {
  return kind === SyntaxKind.MethodDeclaration;
}

function isInstanceMethod(node: Syntax): boolean {
  const isImplemented =
    node.body !== undefined ||
    has(node, SyntaxKind.AbstractKeyword) ||
    node.getSourceFile().isDeclarationFile;
  return (
    isCallable(node) &&
    isImplemented &&
    !has(node, SyntaxKind.StaticKeyword) &&
    nameOf(node) !== undefined
  );
}

function isDecorated(node: Syntax): boolean {
  return has(node, SyntaxKind.Decorator);
}
