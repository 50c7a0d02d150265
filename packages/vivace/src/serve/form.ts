import { parse } from 'node:querystring';
import type { Readable } from 'node:stream';
import type { Values } from '../compile/exchange';
import type { UploadFile } from '../declare/parts';
import type { UploadLimits } from './upload';

/** Reads a form by its content type; a body that is no form has no values. */
export async function readForm(
  type: string | undefined,
  _source: Readable,
  text: () => Promise<string>,
  limits: UploadLimits,
): Promise<Values<string | UploadFile>> {
  if (/^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(type ?? ''))
    return valuesOf(parse(await text(), '&', '=', { maxKeys: limits.fields }));
  return valuesOf({});
}

function valuesOf(fields: Readonly<Record<string, string | string[] | undefined>>): Values<string | UploadFile> {
  const all = (name: string): string[] => [fields[name] ?? []].flat();
  return { get: (name) => all(name).at(-1), all, names: () => Object.keys(fields) };
}
