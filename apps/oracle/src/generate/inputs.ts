import type { Input, Program, Request, Slot, Source, Type } from '../description';
import type { Draw } from './draw';
import { operationOf, programOf, textsOf } from './requests';
import { rulesFor } from './rules';
import { isAnything } from './joins';
import { nullable, presence, SCALARS, Types } from './types';
import { isRequired, Values } from './values';

const NAMES = ['a', 'b', 'user_id', 'tag', 'q'];

/** Types that text can stand for. */
class TextTypes extends Types {
  constructor(
    draw: Draw,
    private readonly source: Source,
  ) {
    super(draw, { texts: true });
  }

  text(): Type {
    const { draw } = this;
    const flat = draw.chance(15)
      ? this.union(1)
      : draw.chance(50)
        ? this.flat()
        : ({ kind: 'scalar', name: draw.pick(...SCALARS) } as const);
    // FastAPI refuses every cookie where it expects a list.
    if (this.source !== 'cookie' && draw.chance(20))
      return { kind: draw.pick('list', 'list', 'set'), of: this.hashable(flat) };
    return draw.chance(15) && flat.kind !== 'union' && !isAnything(flat) ? nullable(flat) : flat;
  }

  slot(name: string): Slot {
    const { draw } = this;
    const type = this.text();
    return {
      name,
      type,
      ...(draw.chance(10) && { alias: `${name}-x` }),
      ...(draw.chance(15) && { rules: rulesFor(draw, type) }),
      ...presence(draw, type, this),
    };
  }

  /** All of them in one class. */
  whole(slots: readonly Slot[]): Type {
    const { draw, models } = this;
    // What is injected has headers of its own, which nobody may forbid.
    const extra = draw.pick(
      this.source === 'header' ? 'allow' : 'forbid',
      'allow',
      undefined,
      undefined,
    );
    models.push({ name: 'M0', fields: slots, ...(extra && { extra }) });
    return { kind: 'model', name: 'M0' };
  }

  private hashable(type: Type): Type {
    return type.kind === 'union' || isAnything(type) ? { kind: 'scalar', name: 'int' } : type;
  }
}

/** Fields of forms, alone or as a class, in both encodings. */
export function forms(draw: Draw): Program {
  const types = new TextTypes(draw, 'form');
  const slots = draw
    .some(1, NAMES)
    .slice(0, 3)
    .map((name) => types.slot(name));
  const inputs: Input[] = draw.chance(50)
    ? slots.map((slot) => ({ ...slot, source: 'form' }))
    : [{ source: 'form', name: 'form', type: types.whole(slots) }];
  return programOf(types, [operationOf(draw, inputs, () => form(draw, pairs(draw, slots, types)))]);
}

/** Query, headers, cookies and parts of the path, alone or as a class. */
export function query(draw: Draw): Program {
  const source = draw.pick<Source>('query', 'query', 'query', 'header', 'cookie', 'path');
  const types = new TextTypes(draw, source);
  const slots = draw
    .some(1, NAMES)
    .slice(0, 3)
    .map((name) => types.slot(name));
  if (source === 'path') return path(draw, types);
  const inputs: Input[] = draw.chance(60)
    ? slots.map((slot) => ({ ...slot, source }))
    : [{ source, name: 'all', type: types.whole(slots) }];
  const request = { query: queried, header: withHeaders, cookie: withCookies }[source as 'query'];
  return programOf(types, [
    operationOf(draw, inputs, () => request(draw, pairs(draw, slots, types)), { method: 'GET' }),
  ]);
}

function path(draw: Draw, types: TextTypes): Program {
  const type: Type = draw.chance(50)
    ? types.flat()
    : { kind: 'scalar', name: draw.pick(...SCALARS) };
  const input: Input = { source: 'path', name: 'id', type, rules: rulesFor(draw, type) };
  const values = new Values(draw, types, 60);
  // `.` and `..` are no values of a path: clients take them away before they ask.
  const url = (): string =>
    encodeURIComponent(textsOf(values.value(type))[0] || 'x').replace(/^\.{1,2}$/, 'x');
  return programOf(types, [
    operationOf(draw, [input], () => ({ url: `/op/${url().replaceAll('%2F', '-')}` }), {
      method: 'GET',
      path: '/op/{id}',
    }),
  ]);
}

type Pair = readonly [name: string, text: string];

/** What a client sends for some inputs, with some that are missing, empty, twice there or too much. */
function pairs(draw: Draw, slots: readonly Slot[], types: Types): Pair[] {
  const values = new Values(draw, types, 40);
  const sent = slots
    .filter((slot) => !draw.chance(isRequired(slot) ? 8 : 40))
    .flatMap(({ name, alias, type }): Pair[] => {
      const texts = draw.chance(8) ? [''] : textsOf(values.value(type));
      if (draw.chance(5)) texts.push(...textsOf(values.value(type)));
      return texts.map((text) => [draw.chance(96) ? (alias ?? name) : name, text]);
    });
  if (draw.chance(10)) sent.push([draw.pick('extra', 'a', 'Tag'), draw.pick('1', '', 'x')]);
  return sent;
}

function form(draw: Draw, sent: readonly Pair[]): Request {
  if (draw.chance(60))
    return {
      url: '/op',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
      body: encoded(draw, sent),
    };
  const parts = sent.map(
    ([name, text]) =>
      `--limit\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  );
  return {
    url: '/op',
    headers: [['content-type', 'multipart/form-data; boundary=limit']],
    body: `${parts.join('')}--limit--\r\n`,
  };
}

function queried(draw: Draw, sent: readonly Pair[]): Request {
  return { url: `/op?${encoded(draw, sent)}` };
}

/** Percent-encoded, now and then as careless clients do. */
function encoded(draw: Draw, sent: readonly Pair[]): string {
  const text = sent.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  if (!draw.chance(12)) return text;
  const at = draw.below(text.length + 1);
  const piece = draw.pick(
    '%',
    '%zz',
    '%E4',
    '%00',
    '+',
    '&',
    '&&',
    '=',
    ';',
    '%u0041',
    '%2',
    '%C3%A4',
    '#'.slice(1),
    '[]',
    '%F0%9F%98',
    '%c3',
  );
  return text.slice(0, at) + piece + text.slice(at);
}

function withHeaders(draw: Draw, sent: readonly Pair[]): Request {
  const headers = sent.map(([name, text]): Pair => {
    const wire = draw.chance(90) ? name.replaceAll('_', '-') : name.toUpperCase();
    return [wire, printable(text)];
  });
  return { url: '/op', headers };
}

function withCookies(draw: Draw, sent: readonly Pair[]): Request {
  const cookies = sent.map(([name, text]) => {
    const value = printable(text).replaceAll(/[;,]/g, '');
    return `${name}=${draw.chance(30) ? encodeURIComponent(value) : value}`;
  });
  return { url: '/op', headers: [['cookie', cookies.join(draw.pick('; ', '; ', ';'))]] };
}

/** Without what no header may have. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, '').trim();
}
