import type { Body, Part, RecordedRequest } from './recording';

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  readonly secure: boolean;
}

const BOUNDARY = 'vivace-replay-boundary';

/** The recorded request with the headers that FastAPI's test client adds and the recording leaves out. */
export function wireRequest(request: RecordedRequest): WireRequest {
  const base = new URL(request.base_url ?? 'http://testserver');
  const body = request.body && content(request.body);
  const own = (request.headers ?? []).map(
    ([name, value]) =>
      [name, value === 'multipart/form-data' ? `${value}; boundary=${BOUNDARY}` : value] as const,
  );
  const defaults = [
    ['host', base.host],
    ['accept', '*/*'],
    ['accept-encoding', 'gzip, deflate'],
    ['connection', 'keep-alive'],
    ['user-agent', 'testclient'],
  ] as const;
  const headers = [
    ...defaults.filter(
      ([name]) =>
        !request.removed_default_headers?.includes(name) &&
        !own.some(([other]) => other.toLowerCase() === name),
    ),
    ...own,
    ...(request.cookies?.length
      ? [['cookie', request.cookies.map(([name, value]) => `${name}=${value}`).join('; ')] as const]
      : []),
    ...(request.root_path ? [['x-forwarded-prefix', request.root_path] as const] : []),
    ...(body ? [['content-length', String(body.length)] as const] : []),
  ];
  return {
    method: request.method,
    path: request.url,
    headers,
    body,
    secure: base.protocol === 'https:',
  };
}

function content(body: Body): Buffer {
  switch (body.kind) {
    case 'json':
      return Buffer.from(body.raw ?? JSON.stringify(body.json));
    case 'form':
      return Buffer.from(
        body.raw ??
          new URLSearchParams(
            (body.fields ?? []).map(([name, value]): [string, string] => [name, value]),
          ).toString(),
      );
    case 'multipart':
      return Buffer.concat([...(body.parts ?? []).map(part), Buffer.from(`--${BOUNDARY}--\r\n`)]);
    default:
      return bytes(body);
  }
}

function part(part: Part): Buffer {
  const filename =
    part.filename === undefined || part.filename === null
      ? ''
      : `; filename="${part.filename.replaceAll('"', '%22')}"`;
  const type = part.content_type ? `content-type: ${part.content_type}\r\n` : '';
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${part.name}"${filename}\r\n${type}\r\n`;
  return Buffer.concat([Buffer.from(head), bytes(part), Buffer.from('\r\n')]);
}

/** What was cut off a long content repeats its beginning. */
function bytes({
  text,
  base64,
  length,
}: {
  text?: string;
  base64?: string;
  length?: number;
}): Buffer {
  const start = base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
  return length === undefined || start.length === 0 ? start : Buffer.alloc(length, start);
}
