import { isUtf8 } from 'node:buffer';

/** The headers of one part of a form by their names in lower case; each character is one byte. */
export type PartHeaders = Readonly<Record<string, readonly string[] | undefined>>;

export interface Disposition {
  readonly name: string | undefined;
  /** Undefined for a field that is no file. */
  readonly filename: string | undefined;
}

const KEY = /;\s*([^\s=;"]+)\s*=\s*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const PLAIN = /[^\s;"]*/y;

interface Parameter {
  readonly key: string;
  readonly plain: string | undefined;
  /** As it stands between quotation marks. */
  readonly quoted: string | undefined;
}

/** The parameters of a header, `; key=value` and `; key="value"`: each is looked for behind the one before, so that a long header is read once. */
function* parametersOf(header: string): Generator<Parameter> {
  for (let at = header.indexOf(';'); at >= 0; at = header.indexOf(';', at)) {
    const [start, key = ''] = match(KEY, header, at);
    if (start === undefined) {
      at += 1;
      continue;
    }
    at += start.length;
    const [all, quoted] = match(QUOTED, header, at);
    const [plain = ''] = all === undefined ? match(PLAIN, header, at) : [];
    at += (all ?? plain).length;
    yield { key: key.toLowerCase(), quoted, plain: all === undefined ? plain : undefined };
  }
}

/** What a pattern matches at a place. */
function match(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

/** What `Content-Disposition: form-data; name="…"; filename="…"` says. */
export function dispositionOf(headers: PartHeaders): Disposition {
  const text = headers['content-disposition']?.[0] ?? '';
  if (!/^form-data\s*(?:;|$)/i.test(text)) return { name: undefined, filename: undefined };
  const parameters = new Map<string, string>();
  for (const { key, quoted, plain = '' } of parametersOf(text))
    parameters.set(key, decoded(quoted?.replace(/\\(["\\])/g, '$1') ?? plain));
  return {
    name: parameters.get('name'),
    filename: extended(parameters.get('filename*')) ?? parameters.get('filename'),
  };
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const CONTROL = /[^\t\x20-\x7e\x80-\xff]/g;

/** What clients say of a part, as far as it may be said in headers. */
export function headersOf(sent: PartHeaders): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(sent))
    if (NAME.test(name)) for (const value of values) headers.append(name, headerValue(value));
  return headers;
}

/** Control characters would be an error wherever a program passes the value on. */
export function headerValue(sent: string): string {
  return sent.replace(CONTROL, '');
}

/** The value of a parameter of a header, such as the boundary of a multipart body. */
export function parameterOf(header: string, name: string): string | undefined {
  for (const { key, quoted, plain } of parametersOf(header))
    if (key === name) return quoted ?? plain;
  return undefined;
}

/** Names are sent in UTF-8; what is not, is taken for Latin-1. */
function decoded(binary: string): string {
  const bytes = Buffer.from(binary, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : binary;
}

/** The value of `filename*=UTF-8''na%C3%AFve.txt`. */
function extended(value: string | undefined): string | undefined {
  const encoded = value === undefined ? undefined : /^utf-8'[^']*'(.*)$/is.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
