import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export type Pairs = readonly (readonly [name: string, value: string])[];

export interface Body {
  readonly kind: 'json' | 'form' | 'multipart' | 'text' | 'binary';
  readonly json?: unknown;
  readonly raw?: string;
  readonly text?: string;
  readonly base64?: string;
  readonly fields?: Pairs;
  readonly parts?: readonly Part[];
  readonly truncated?: boolean;
  readonly length?: number;
  readonly sha256?: string;
  /** The document of this recording that stands here, such as `/openapi`. */
  readonly same_as?: string;
}

export interface Part {
  readonly name: string;
  readonly filename?: string | null;
  readonly content_type?: string | null;
  readonly text?: string;
  readonly base64?: string;
  readonly length?: number;
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly base_url?: string;
  readonly root_path?: string;
  readonly headers?: Pairs;
  readonly removed_default_headers?: readonly string[];
  readonly cookies?: Pairs;
  readonly body?: Body;
}

export interface RecordedResponse {
  readonly status: number;
  readonly headers: Pairs;
  readonly body?: Body;
}

export interface Frame {
  readonly from: 'client' | 'server';
  readonly accept?: boolean;
  readonly subprotocol?: string | null;
  readonly text?: string;
  readonly bytes?: string;
  readonly close?: number;
  readonly reason?: string;
}

export interface Exchange {
  readonly test: string;
  readonly app?: string;
  readonly instance?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly dependency_overrides?: Readonly<Record<string, string>>;
  readonly lifespan?: boolean;
  readonly request: RecordedRequest;
  readonly response?: RecordedResponse;
  readonly websocket?: readonly Frame[];
  readonly raised?: string;
  readonly aborted?: unknown;
  readonly volatile?: readonly string[];
  readonly unordered?: readonly string[];
  readonly bind?: Readonly<Record<string, string>>;
}

export interface Recording {
  readonly summary: string;
  readonly operations?: Readonly<Record<string, string>>;
  readonly openapi?: unknown;
  readonly apps?: Readonly<
    Record<
      string,
      { readonly openapi?: unknown; readonly operations?: Readonly<Record<string, string>> }
    >
  >;
  readonly setup?: {
    readonly files?: Readonly<
      Record<
        string,
        { readonly text?: string; readonly base64?: string; readonly base64_from?: string }
      >
    >;
  };
  readonly exchanges: readonly Exchange[];
}

export function readRecording(directory: string, id: string): Recording {
  return JSON.parse(readFileSync(join(directory, `${id}.json`), 'utf8')) as Recording;
}

/** The ids of all recordings below a folder: their paths without `.json`. */
export function recordingIds(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) =>
      relative(directory, join(entry.parentPath, entry.name))
        .slice(0, -'.json'.length)
        .split(sep)
        .join('/'),
    )
    .filter((id) => /^(tutorial\/[^/]+|deep)\/[^/]+$/.test(id))
    .sort();
}

/** `tutorial/body/tutorial001` is about `body`, every other one about `deep`. */
export function topicOf(id: string): string {
  const [first = '', second = ''] = id.split('/');
  return first === 'tutorial' ? second : first;
}

/** The documents that a recording has, by where they stand in it. */
export function documentsOf(
  recording: Recording,
): Map<string, { app?: string; document: unknown; handlers: readonly string[] }> {
  const documents = new Map<
    string,
    { app?: string; document: unknown; handlers: readonly string[] }
  >();
  if (recording.openapi)
    documents.set('openapi', {
      document: recording.openapi,
      handlers: Object.values(recording.operations ?? {}),
    });
  for (const [app, { openapi, operations }] of Object.entries(recording.apps ?? {})) {
    if (openapi)
      documents.set(`apps.${app}.openapi`, {
        app,
        document: openapi,
        handlers: Object.values(operations ?? {}),
      });
  }
  return documents;
}

/** The names of everything that counts as one: exchanges by number, and documents. */
export function checksOf(recording: Recording): string[] {
  return [...recording.exchanges.map((_, index) => `#${index}`), ...documentsOf(recording).keys()];
}
