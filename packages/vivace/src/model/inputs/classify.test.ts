import { Reply, Request, UploadFile } from '../../declare/context-classes';
import type { Class } from '../../declare/class';
import { Secret } from '../../declare/secret';
import type { Definition, TypeData } from '../../reflect/type-data';
import { loadTypes } from '../../reflect/load';
import type { Types } from '../../reflect/types';
import { JSONResponse } from '../../responses/json-response';
import { classify, classifyClass, type Role } from './classify';

class Item {
  name = '';
}
class Service {}

const CLASSES: Readonly<Record<string, Class>> = {
  Item,
  Service,
  UploadFile,
  Secret,
  Request,
  Reply,
  JSONResponse,
};
const DEFINITIONS: Readonly<Record<string, Definition>> = {
  Color: { kind: 'enum', line: 1, members: { Red: 'red' } },
  Page: {
    kind: 'type',
    line: 1,
    params: ['T'],
    t: { object: { items: { t: { array: { param: 'T' } } } } },
  },
  Id: { kind: 'type', line: 1, t: 'string' },
  Maybe: { kind: 'type', line: 1, params: ['T'], t: { union: [{ param: 'T' }, 'null'] } },
};
const types: Types = Object.assign(Object.create(loadTypes({ mode: 'decorators' })) as Types, {
  classOf: (id: string) => CLASSES[id],
  definition: (id: string) => DEFINITIONS[id],
});
const where = { member: 'list', parameter: 'it' };
const ref = (name: string, ...args: TypeData[]): TypeData => ({
  ref: name,
  ...(args.length > 0 && { args }),
});

describe('where a parameter without a mark comes from, by its type', () => {
  it.each<[string, TypeData, Role]>([
    ['string', 'string', { kind: 'scalar' }],
    ['bigint', 'bigint', { kind: 'scalar' }],
    ["'a'", { lit: 'a' }, { kind: 'scalar' }],
    ['int', { prim: 'number', tags: { format: 'int' } }, { kind: 'scalar' }],
    ['`a-${string}`', { tpl: ['a-', ''], of: ['string'] }, { kind: 'scalar' }],
    ['Date', { builtin: 'Date' }, { kind: 'scalar' }],
    ['Uint8Array', { builtin: 'Uint8Array' }, { kind: 'scalar' }],
    ['Secret', ref('Secret'), { kind: 'scalar' }],
    ['an enum', ref('Color'), { kind: 'scalar' }],
    ['an alias of text', ref('Id'), { kind: 'scalar' }],
    ['string | number', { union: ['string', 'number'] }, { kind: 'scalar' }],
    ['string | null', { union: ['string', 'null'] }, { kind: 'scalar' }],
    ['string[]', { array: 'string' }, { kind: 'body' }],
    ['[string]', { tuple: ['string'] }, { kind: 'body' }],
    ['Record<string, number>', { record: ['string', 'number'] }, { kind: 'body' }],
    ['{ name: string }', { object: { name: { t: 'string' } } }, { kind: 'body' }],
    ['Map', { builtin: 'Map' }, { kind: 'body' }],
    ['string | Item', { union: ['string', ref('Item')] }, { kind: 'body' }],
    ['Item | Service', { union: [ref('Item'), ref('Service')] }, { kind: 'body' }],
    ['what is not known', ref('Elsewhere'), { kind: 'body' }],
    ['a generic interface', ref('Page', 'string'), { kind: 'interface', name: 'Page' }],
    ['a class', ref('Item'), { kind: 'class', type: Item }],
    ['Item | undefined', { union: [ref('Item'), 'undefined'] }, { kind: 'class', type: Item }],
    ['an alias of a class or null', ref('Maybe', ref('Item')), { kind: 'class', type: Item }],
    ['UploadFile', ref('UploadFile'), { kind: 'file' }],
    ['UploadFile[]', { array: ref('UploadFile') }, { kind: 'file' }],
    ['Request', ref('Request'), { kind: 'context', of: 'request', type: Request }],
    ['Reply', ref('Reply'), { kind: 'context', of: 'reply', type: Reply }],
    ['any', 'any', { kind: 'nothing' }],
    ['unknown', 'unknown', { kind: 'nothing' }],
    ['a function', 'function', { kind: 'unsupported' }],
    ['null', { union: ['null', 'undefined'] }, { kind: 'unsupported' }],
    ['string | Request', { union: ['string', ref('Request')] }, { kind: 'unsupported' }],
    ['Promise', { builtin: 'Promise' }, { kind: 'unsupported' }],
  ])('%s', (_, type, role) => expect(classify(type, types, where)).toEqual(role));

  it('AbortSignal is that of the request', () => {
    expect(classify({ builtin: 'AbortSignal' }, types, where)).toMatchObject({ of: 'signal' });
  });
});

describe('by what `emitDecoratorMetadata` left', () => {
  it.each<[string, Class | undefined, Role]>([
    ['nothing', undefined, { kind: 'nothing' }],
    ['Object', Object, { kind: 'nothing' }],
    ['String', String, { kind: 'scalar' }],
    ['Date', Date, { kind: 'scalar' }],
    ['Array', Array, { kind: 'body' }],
    ['Map', Map, { kind: 'body' }],
    ['a class', Item, { kind: 'class', type: Item }],
    ['UploadFile', UploadFile, { kind: 'file' }],
    ['Request', Request, { kind: 'context', of: 'request', type: Request }],
  ])('%s', (_, type, role) => expect(classifyClass(type, where)).toEqual(role));
});

describe('types that a handler is not given', () => {
  it.each<[string, TypeData, string]>([
    ['the global Request', { builtin: 'Request' }, 'GLOBAL_TYPE'],
    ['the global File', { builtin: 'File' }, 'GLOBAL_TYPE'],
    ['FastifyRequest', { unsupported: 'FastifyRequest' }, 'FOREIGN_TYPE'],
    ['a response', ref('JSONResponse'), 'RESPONSE_PARAMETER'],
  ])('%s', (_, type, code) =>
    expect(() => classify(type, types, where)).toThrow(expect.objectContaining({ code })),
  );
});
