import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours only on a terminal that wants them (`NO_COLOR`, `FORCE_COLOR`). */
const paint =
  (format: Format, stream: NodeJS.WriteStream = process.stdout) =>
  (text: string): string =>
    styleText(format, text, { stream, validateStream: true });

export const bold = paint('bold');
export const dim = paint('dim');
export const green = paint('green');
export const cyan = paint('cyan');
export const yellow = paint('yellow');

export const error = (text: string): string => `${paint('red', process.stderr)('error')} ${text}`;
export const warning = (text: string): string =>
  `${paint('yellow', process.stderr)('warning')} ${text}`;
export const hint = (text: string): string => `${paint('dim', process.stderr)('hint')}  ${text}`;
