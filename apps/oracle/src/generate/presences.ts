import type {
  Enum,
  Input,
  Json,
  Model,
  Operation,
  Program,
  Request,
  Slot,
  Type,
} from '../description';
import type { Draw } from './draw';
import { posted } from './requests';
import { nullable } from './types';

/** The classes of a program, which grow while it is made. */
interface Made {
  readonly enums: Enum[];
  readonly models: Model[];
}

type Place =
  | 'whole body'
  | 'key'
  | 'embedded'
  | 'field'
  | 'list item'
  | 'query'
  | 'header'
  | 'cookie'
  | 'form'
  | 'form field'
  | 'query field';
const PLACES: readonly Place[] = [
  'whole body',
  'key',
  'embedded',
  'field',
  'list item',
  'query',
  'header',
  'cookie',
  'form',
  'form field',
  'query field',
];

interface Kind {
  readonly type: Type;
  readonly right: Json;
  readonly wrong: Json;
  readonly initial: Json | undefined;
  /** Whether text can stand for it. */
  readonly text: boolean;
}
const KINDS: readonly Kind[] = [
  { type: { kind: 'scalar', name: 'int' }, right: 7, wrong: 'x', initial: 3, text: true },
  { type: { kind: 'scalar', name: 'string' }, right: 'a', wrong: 1, initial: 'd', text: true },
  {
    type: { kind: 'scalar', name: 'date' },
    right: '2020-01-01',
    wrong: 'x',
    initial: undefined,
    text: true,
  },
  {
    type: { kind: 'list', of: { kind: 'scalar', name: 'int' } },
    right: [1, 2],
    wrong: ['x'],
    initial: [],
    text: true,
  },
  {
    type: { kind: 'model', name: 'M0' },
    right: { a: 1 },
    wrong: {},
    initial: undefined,
    text: false,
  },
];

/** What is required, optional, nullable or has a default, in every place, absent, null, empty, wrong and right. */
export function presences(draw: Draw): Program {
  const place = draw.pick(...PLACES);
  const kind = draw.pick(...KINDS.filter((each) => isPossible(each, place)));
  return presenceOf(place, kind);
}

/** Every kind of value in every place, not drawn. */
export function everyPresence(): readonly Program[] {
  return PLACES.flatMap((place) =>
    KINDS.filter((kind) => isPossible(kind, place)).map((kind) => presenceOf(place, kind)),
  );
}

function presenceOf(place: Place, kind: Kind): Program {
  const types: Made = { enums: [], models: [] };
  types.models.push({ name: 'M0', fields: [{ name: 'a', type: { kind: 'scalar', name: 'int' } }] });
  const operations = variants(kind).map((variant, at) =>
    operationOf(place, { name: 'v', ...variant }, kind, `op${at}`, types),
  );
  return { ...types, operations };
}

/** FastAPI refuses every cookie where it expects a list. */
function isPossible({ type, text }: Kind, place: Place): boolean {
  const isJson = ['whole body', 'key', 'embedded', 'field', 'list item'].includes(place);
  return isJson || (text && !(place === 'cookie' && type.kind === 'list'));
}

function variants({ type, initial }: Kind): Omit<Slot, 'name'>[] {
  return [
    { type },
    { type, optional: true },
    { type: nullable(type) },
    { type: nullable(type), default: null },
    ...(initial === undefined
      ? []
      : [
          { type, default: initial },
          { type: nullable(type), default: initial },
        ]),
  ];
}

function operationOf(place: Place, slot: Slot, kind: Kind, name: string, types: Made): Operation {
  const { inputs, isGet } = inputsOf(place, slot, name, types);
  const values = [undefined, null, '', kind.wrong, kind.right];
  const method = isGet ? 'GET' : 'POST';
  const url = `/${name}`;
  const requests = values.map((value) => ({ ...requestOf(place, value), url }));
  return {
    name,
    method,
    path: url,
    inputs,
    requests: requests.map((request, at) =>
      isGet && !['header', 'cookie'].includes(place)
        ? { url: `${url}${queryOf(values[at])}` }
        : request,
    ),
  };
}

function inputsOf(
  place: Place,
  slot: Slot,
  name: string,
  types: Made,
): { inputs: Input[]; isGet: boolean } {
  const whole = (source: Input['source']): Input => {
    const model = `M_${name}`;
    types.models.push({ name: model, fields: [slot] });
    return { source, name: 'v', type: { kind: 'model', name: model } };
  };
  const other: Input = {
    source: 'body',
    name: 'w',
    type: { kind: 'scalar', name: 'int' },
    default: 1,
  };
  switch (place) {
    case 'whole body':
      return { inputs: [{ ...slot, source: 'body' }], isGet: false };
    case 'key':
      return { inputs: [{ ...slot, source: 'body' }, other], isGet: false };
    case 'embedded':
      return { inputs: [{ ...slot, source: 'body', embed: true }], isGet: false };
    case 'field':
      return { inputs: [whole('body')], isGet: false };
    case 'list item': {
      const type: Type = { kind: 'list', of: slot.type };
      return { inputs: [{ source: 'body', name: slot.name, type }], isGet: false };
    }
    case 'query':
    case 'header':
    case 'cookie':
      return { inputs: [{ ...slot, source: place }], isGet: true };
    case 'query field':
      return { inputs: [whole('query')], isGet: true };
    case 'form':
      return { inputs: [{ ...slot, source: 'form' }], isGet: false };
    case 'form field':
      return { inputs: [whole('form')], isGet: false };
  }
}

function requestOf(place: Place, value: Json | undefined): Omit<Request, 'url'> {
  const texts = value === undefined ? [] : textsOf(value);
  switch (place) {
    case 'whole body':
      return value === undefined ? {} : posted(value);
    case 'key':
    case 'embedded':
    case 'field':
      return posted(value === undefined ? {} : { v: value });
    case 'list item':
      return posted(value === undefined ? [] : [value]);
    case 'header':
      return { headers: texts.map((text) => ['v', text]) };
    case 'cookie':
      return texts.length === 0
        ? {}
        : { headers: [['cookie', texts.map((text) => `v=${text}`).join('; ')]] };
    default:
      return {
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: queryOf(value).slice(1),
      };
  }
}

function queryOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return `?${textsOf(value)
    .map((text) => `v=${encodeURIComponent(text)}`)
    .join('&')}`;
}

/** In text, null is a word. */
function textsOf(value: Json): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
