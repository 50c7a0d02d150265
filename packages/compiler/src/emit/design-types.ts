import { type DesignFacts, type DesignType, VALUE } from '../project/design';
import type { ScriptNode } from './script';

const keywords: Readonly<Record<string, DesignType>> = {
  TSVoidKeyword: 'void',
  TSUndefinedKeyword: 'void',
  TSNeverKeyword: 'void',
  TSNullKeyword: 'void',
  TSFunctionType: '()=>void',
  TSConstructorType: '()=>void',
  TSArrayType: '[]',
  TSTupleType: '[]',
  TSBooleanKeyword: 'boolean',
  TSStringKeyword: 'string',
  TSTemplateLiteralType: 'string',
  TSNumberKeyword: 'number',
  TSBigIntKeyword: 'bigint',
  TSSymbolKeyword: 'symbol',
};

/** The words of `TypeNode` that matter here. */
interface TypeNode extends ScriptNode {
  readonly types?: readonly TypeNode[];
  readonly trueType?: TypeNode;
  readonly falseType?: TypeNode;
  readonly typeAnnotation?: TypeNode;
  readonly asserts?: boolean;
  readonly literal?: ScriptNode & { readonly argument?: ScriptNode; readonly bigint?: string };
  readonly operator?: string;
  readonly typeName?: ScriptNode;
  readonly elementType?: TypeNode;
  readonly typeArguments?: { readonly params: readonly TypeNode[] } | null;
}

/** Serialises type annotations as `tsc` does for `emitDecoratorMetadata`. */
export class DesignTypes {
  constructor(
    readonly source: string,
    readonly facts: DesignFacts,
  ) {}

  of(given: ScriptNode | null | undefined): DesignType {
    if (!given) return 'object';
    const node = given as TypeNode;
    const keyword = keywords[node.type];
    if (keyword) return keyword;
    switch (node.type) {
      case 'TSParenthesizedType':
        return this.of(node.typeAnnotation);
      case 'TSTypeOperator':
        return node.operator === 'readonly' ? this.of(node.typeAnnotation) : 'object';
      case 'TSTypePredicate':
        return node.asserts ? 'void' : 'boolean';
      case 'TSLiteralType':
        return literalType(node.literal);
      case 'TSUnionType':
        return this.#common(node.types ?? [], false);
      case 'TSIntersectionType':
        return this.#common(node.types ?? [], true);
      case 'TSConditionalType':
        return this.#common([node.trueType!, node.falseType!], false);
      case 'TSTypeReference': {
        const { start, end } = node.typeName!;
        return this.facts[start]?.replace(VALUE, '') ?? this.source.slice(start, end);
      }
      default:
        return 'object';
    }
  }

  /** The name of a value whose import `tsc` keeps, though its type is something else. */
  valueOf(given: ScriptNode | null | undefined): string | undefined {
    const { start, end } = this.#nameOf(given as TypeNode | null | undefined) ?? {};
    const isKept = start !== undefined && this.facts[start]?.startsWith(VALUE);
    return isKept ? this.source.slice(start, end).split('.', 1)[0]!.trim() : undefined;
  }

  /** The one name that a type consists of. */
  #nameOf(node: TypeNode | null | undefined): ScriptNode | undefined {
    if (!node) return undefined;
    if (node.type === 'TSTypeReference') return node.typeName;
    if (node.type === 'TSParenthesizedType') return this.#nameOf(node.typeAnnotation);
    const parts =
      node.type === 'TSConditionalType' ? [node.trueType!, node.falseType!] : (node.types ?? []);
    const names = parts
      .filter((each) => unwrapped(each).type !== 'TSNeverKeyword')
      .map((each) => this.#nameOf(each));
    const texts = new Set(names.map((name) => name && this.source.slice(name.start, name.end)));
    return texts.size === 1 ? names[0] : undefined;
  }

  /** Of the type of a rest parameter, that of one value. */
  itemOf(given: ScriptNode | null | undefined): ScriptNode | undefined {
    const node = given as TypeNode | null | undefined;
    if (node?.type === 'TSArrayType') return node.elementType;
    const args = node?.type === 'TSTypeReference' ? (node.typeArguments?.params ?? []) : [];
    return args.length === 1 ? args[0] : undefined;
  }

  /** What all have in common: the same, or nothing. */
  #common(types: readonly TypeNode[], isIntersection: boolean): DesignType {
    let common: DesignType | undefined;
    for (const each of types.map(unwrapped)) {
      if (each.type === 'TSNeverKeyword') {
        if (isIntersection) return 'void';
        continue;
      }
      if (each.type === 'TSUnknownKeyword' && isIntersection) continue;
      const type = this.of(each);
      if (type === 'object' || (common !== undefined && common !== type)) return 'object';
      common = type;
    }
    return common ?? 'void';
  }
}

function unwrapped(node: TypeNode): TypeNode {
  return node.type === 'TSParenthesizedType' ? unwrapped(node.typeAnnotation!) : node;
}

function literalType(literal: TypeNode['literal']): DesignType {
  const { type, value, bigint, argument } = literal ?? {};
  if (type === 'TemplateLiteral') return 'string';
  if (type === 'UnaryExpression') return literalType(argument as TypeNode['literal']);
  if (bigint !== undefined) return 'bigint';
  return value === null ? 'void' : typeof value;
}
