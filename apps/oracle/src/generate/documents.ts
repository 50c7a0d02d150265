import type { Input, Operation, Program, Source } from '../description';
import type { Draw } from './draw';
import { optionalLast, programOf } from './requests';
import { rulesFor } from './rules';
import { presence, Types } from './types';

/** Documents of programs with inputs of every kind and responses. */
export function documents(draw: Draw): Program {
  const types = new Types(draw);
  const operations = draw.many(1, 3, (at) => operationOf(draw, types, at));
  return programOf(types, operations);
}

function operationOf(draw: Draw, types: Types, at: number): Operation {
  const method = draw.pick('GET', 'POST', 'POST');
  const sources = draw.many(0, 3, () =>
    draw.pick<Source>(
      'query',
      'header',
      'cookie',
      ...(method === 'GET' ? [] : (['body', 'body', 'body'] as const)),
    ),
  );
  const inputs = sources.map((source, index) => inputOf(draw, types, source, index));
  const inPath = draw.chance(30);
  return {
    name: `read_op${at}`,
    method,
    path: inPath ? `/op${at}/{id}` : `/op${at}`,
    inputs: optionalLast(inPath ? [idOf(draw), ...inputs] : inputs),
    ...(draw.chance(60) && { returns: types.type(3) }),
    requests: [],
  };
}

function idOf(draw: Draw): Input {
  const name = draw.pick('int', 'string', 'uuid');
  return { source: 'path', name: 'id', type: { kind: 'scalar', name } };
}

function inputOf(draw: Draw, types: Types, source: Source, at: number): Input {
  const type =
    source === 'body'
      ? types.type(3)
      : draw.chance(20)
        ? ({ kind: 'list', of: types.flat() } as const)
        : types.flat();
  return {
    source,
    name: `p${at}`,
    type,
    ...(draw.chance(25) && { rules: rulesFor(draw, type) }),
    ...(draw.chance(15) && { title: 'A title' }),
    ...(draw.chance(15) && { description: 'What it is.' }),
    ...(source === 'body' && draw.chance(15) && { embed: true }),
    ...presence(draw, type, types),
  };
}
