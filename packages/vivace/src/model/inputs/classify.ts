import { AbortSignalType, contextOf, type ContextKind } from './context';
import { responseClassFacts } from '../../responses/response-class';
import { UploadFile } from '../../declare/context-classes';
import { Secret } from '../../declare/secret';
import { BootError } from '../../errors/boot-error';
import type { Where } from '../../errors/where';
import type { Reference, TypeData } from '../../reflect/type-data';
import type { Types } from '../../reflect/types';
import { bind, substitute } from '../../schema/generics';
import { inferredFromSchema } from '../../schema/inferred-from-schema';
import { shortName } from '../../schema/type-names';
import type { Class } from '../../declare/class';

/** What the declared type of an unmarked parameter says about where it comes from. */
export type Role =
  | { readonly kind: 'scalar' | 'body' | 'file' | 'nothing' | 'unsupported' }
  | { readonly kind: 'interface'; readonly name: string }
  | { readonly kind: 'context'; readonly of: ContextKind; readonly type: Class }
  | { readonly kind: 'class'; readonly type: Class };

const SCALAR: Role = { kind: 'scalar' };
const BODY: Role = { kind: 'body' };
const FILE: Role = { kind: 'file' };
const NOTHING: Role = { kind: 'nothing' };
const UNSUPPORTED: Role = { kind: 'unsupported' };

/** Globals that have the name of something of ours, so that a forgotten import compiles. */
const OURS: Readonly<Record<string, string>> = {
  Request: `import { Request } from 'vivace'`,
  WebSocket: `import { WebSocket } from 'vivace'`,
  Response: `reply: Reply, with import { Reply } from 'vivace', for the status and headers of the answer`,
  File: `file: UploadFile, with import { UploadFile } from 'vivace'`,
  Blob: `file: UploadFile, with import { UploadFile } from 'vivace'`,
  FormData: `a DTO with the fields of the form, marked @Form()`,
  Headers: `@Header() before a parameter named like the header, or request: Request from 'vivace'`,
};
const FOREIGN: Readonly<Record<string, string>> = {
  FastifyRequest: `request: Request, with import { Request } from 'vivace'; it has the property fastify`,
  FastifyReply: `reply: Reply, with import { Reply } from 'vivace'; it has the property fastify`,
  IncomingMessage: `request: Request, with import { Request } from 'vivace'`,
  ServerResponse: `reply: Reply, with import { Reply } from 'vivace'`,
};

/** Reads a type of the side-car. */
export function classify(type: TypeData, types: Types, where: Where): Role {
  if (typeof type === 'string') return primitiveRole(type);
  if ('union' in type) return unionRole(type.union, types, where);
  if ('array' in type) return isUpload(type.array, types) ? FILE : BODY;
  if ('tuple' in type || 'record' in type || 'object' in type) return BODY;
  if ('lit' in type || 'big' in type || 'prim' in type || 'tpl' in type) return SCALAR;
  if ('ref' in type) return referenceRole(type, types, where);
  if ('builtin' in type) return builtinRole(type.builtin, where);
  if ('unsupported' in type) {
    if (type.schema) throw inferredFromSchema(type.unsupported, where);
    checkForeign(type.unsupported, where);
  }
  if ('foreign' in type) checkForeign(type.foreign, where);
  return UNSUPPORTED;
}

/** Reads what `emitDecoratorMetadata` left. */
export function classifyClass(type: Class | undefined, where: Where): Role {
  const constructor: unknown = type;
  if (constructor === undefined || constructor === Object) return NOTHING;
  if ([String, Number, Boolean, BigInt, Date].includes(constructor as never)) return SCALAR;
  if (constructor === Array || constructor === Map || constructor === Set) return BODY;
  return classRole(type!, where);
}

function isUpload(type: TypeData, types: Types): boolean {
  return typeof type === 'object' && 'ref' in type && types.classOf(type.ref) === UploadFile;
}

function primitiveRole(type: string): Role {
  if (['string', 'number', 'boolean', 'bigint'].includes(type)) return SCALAR;
  return ['any', 'unknown'].includes(type) ? NOTHING : UNSUPPORTED;
}

/** A member that is a body makes the union a body; null and undefined decide nothing. */
function unionRole(members: readonly TypeData[], types: Types, where: Where): Role {
  const roles = members
    .filter((member) => member !== 'null' && member !== 'undefined')
    .map((member) => classify(member, types, where));
  const [first, ...others] = roles;
  if (first === undefined) return UNSUPPORTED;
  if (others.every(({ kind }) => kind === first.kind))
    return others.length > 0 && first.kind === 'class' ? BODY : first;
  const odd = roles.find(({ kind }) =>
    ['nothing', 'unsupported', 'file', 'context'].includes(kind),
  );
  return odd === undefined ? BODY : UNSUPPORTED;
}

function referenceRole({ ref: id, args, to }: Reference, types: Types, where: Where): Role {
  const definition = types.definition(to ?? id);
  const type = types.classOf(id);
  if (definition?.kind === 'enum') return SCALAR;
  if (definition?.kind === 'type') {
    const inner = classify(substitute(definition.t, bind(definition.params, args)), types, where);
    return inner.kind === 'body' ? { kind: 'interface', name: shortName(id) } : inner;
  }
  return type === undefined ? BODY : classRole(type, where);
}

function builtinRole(name: string, where: Where): Role {
  if (name === 'AbortSignal') return { kind: 'context', of: 'signal', type: AbortSignalType };
  if (['Date', 'Uint8Array', 'Buffer'].includes(name)) return SCALAR;
  if (['Map', 'Set', 'Array', 'ReadonlyMap', 'ReadonlySet'].includes(name)) return BODY;
  checkGlobal(name, where);
  return UNSUPPORTED;
}

function classRole(type: Class, where: Where): Role {
  checkGlobalClass(type, where);
  const context = contextOf(type);
  if (context !== undefined) return { kind: 'context', of: context, type };
  if (type === UploadFile) return FILE;
  if (type === Secret) return SCALAR;
  if (responseClassFacts(type) !== undefined) {
    throw new BootError(
      'RESPONSE_PARAMETER',
      where,
      `${type.name} is made by the handler, not given to it.`,
      `reply: Reply to set status, headers and cookies, or return new ${type.name}(…)`,
    );
  }
  return { kind: 'class', type };
}

function checkGlobalClass(type: Class, where: Where): void {
  const globals = globalThis as Record<string, unknown>;
  if (type !== AbortSignalType && Object.hasOwn(OURS, type.name) && globals[type.name] === type)
    checkGlobal(type.name, where);
}

function checkGlobal(name: string, where: Where): void {
  if (!Object.hasOwn(OURS, name)) return;
  throw new BootError(
    'GLOBAL_TYPE',
    where,
    `The type is the global ${name} of JavaScript: an import is missing.`,
    OURS[name]!,
  );
}

function checkForeign(name: string, where: Where): void {
  if (!Object.hasOwn(FOREIGN, name)) return;
  throw new BootError(
    'FOREIGN_TYPE',
    where,
    `The type is ${name}, which belongs to the server below.`,
    FOREIGN[name]!,
  );
}
