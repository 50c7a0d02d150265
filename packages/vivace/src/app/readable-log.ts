import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

const LEVELS: Readonly<Record<number, string | undefined>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const WARN = 40;

/** What every line has, or what is shown in its own way. */
const KNOWN = new Set(['level', 'time', 'msg', 'err', 'operation', 'pid', 'hostname', 'reqId']);

/** How many frames of packages are shown of an error that has none of the program. */
const FOREIGN_FRAMES = 3;

interface Line {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly err?: unknown;
  readonly operation?: string;
}

/** An error as pino writes it; `stack` has those of its causes, too. */
interface SerializedError {
  readonly stack?: string;
  readonly aggregateErrors?: readonly SerializedError[];
}

/**
 * A JSON line of the log for people: when, what, in which operation, and of errors the frames of the
 * program. Everything else is in the JSON line, which is what is written where there is no terminal.
 */
export function readableLine(json: string): string {
  const line = JSON.parse(json) as Line;
  const { level, time, msg = '', err, operation } = line;
  const clock = new Date(time).toISOString().slice(11, 19);
  const place = operation === undefined ? '' : ` in ${operation}`;
  const head = `${clock} ${(LEVELS[level] ?? '').padEnd(5)} ${msg}${place}`;
  const lines = [head + fieldsOf(line), ...(err === undefined ? [] : errorLines(err))];
  return `${visible(lines.join('\n'))}\n`;
}

/** What clients send may stand in a message, and moves no cursor. */
function visible(text: string): string {
  return text.replaceAll(
    /[^\P{Cc}\n\t]/gu,
    (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** What a warning or an error says beside its message, such as the name of a task. */
function fieldsOf(line: Line): string {
  if (line.level < WARN) return '';
  const fields = Object.entries(line).filter(([name]) => !KNOWN.has(name));
  return fields.map(([name, value]) => `, ${name}: ${inspect(value)}`).join('');
}

function errorLines(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [`${inspect(error)} was thrown`];
  const { stack, aggregateErrors = [] } = error as SerializedError;
  if (stack === undefined) return [`${inspect(error)} was thrown`];
  const inner = aggregateErrors.flatMap((one) => errorLines(one)).map((line) => `  ${line}`);
  return [...traceLines(stack), ...inner];
}

/** The messages and the frames of the program: a reader looks for the line to mend. */
function traceLines(stack: string): readonly string[] {
  const lines = stack.split('\n');
  const frames = lines.filter(isFrame);
  const own = frames.filter(isOwn);
  const kept = new Set(own.length > 0 ? own : frames.slice(0, FOREIGN_FRAMES));
  const hidden = frames.length - kept.size;
  return [
    ...lines.filter((line) => !isFrame(line) || kept.has(line)).map(withShortPath),
    ...(hidden > 0 ? [`    … and ${hidden} of packages and of Node`] : []),
  ];
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

/** With source maps the frames of `dist` are those of `src`. */
const FRAMEWORK = ['src', 'dist'].map((folder) => join(__dirname, '..', '..', folder) + sep);

function isOwn(frame: string): boolean {
  const file = fileOf(frame);
  return (
    file !== undefined &&
    !/[\\/]node_modules[\\/]/.test(file) &&
    !FRAMEWORK.some((folder) => file.startsWith(folder))
  );
}

const PLACE = /(?<=\(|at |async )(?:file:\/\/\/|\/|[A-Za-z]:[\\/])[^()]*(?=:\d+:\d+\)?$)/;

/** The file of a frame; undefined for one of Node or of generated code. */
function fileOf(frame: string): string | undefined {
  const [file] = PLACE.exec(frame) ?? [];
  return file?.startsWith('file:') ? fileURLToPath(file) : file;
}

function withShortPath(line: string): string {
  const file = isFrame(line) ? fileOf(line) : undefined;
  if (file === undefined) return line;
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? line : line.replace(PLACE, path);
}
