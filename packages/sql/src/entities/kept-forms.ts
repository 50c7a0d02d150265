/** How PostgreSQL writes a text that it has read. */
export type KeptForm = (text: string) => string;

/** For the columns that give a text back in one form, however it was sent. */
export function keptForm(columnType: string | undefined): KeptForm | undefined {
  if (columnType === 'time') return clock;
  if (columnType === 'uuid') return (text) => text.toLowerCase();
  const numeric = /^numeric(?:\(\d+,(\d+)\))?$/.exec(columnType ?? '');
  if (numeric === null) return undefined;
  const scale = numeric[1] === undefined ? undefined : Number(numeric[1]);
  return (text) => decimal(text, scale);
}

/** `12:00` is 12:00:00, and a fraction ends with what counts. */
function clock(text: string): string {
  const whole = text.length === 'hh:mm'.length ? `${text}:00` : text;
  return whole.includes('.') ? whole.replace(/0+$/, '').replace(/\.$/, '') : whole;
}

/** As many digits behind the point as the column has; one with an exponent is left as it is. */
function decimal(text: string, scale: number | undefined): string {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (parts === null) return text;
  const [, sign, before = '', behind = ''] = parts;
  const whole = before.slice(leadingZeros(before)) || '0';
  const fraction = scale === undefined ? behind : behind.padEnd(scale, '0').slice(0, scale);
  const isZero = whole === '0' && !/[1-9]/.test(fraction);
  return `${sign === '-' && !isZero ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function leadingZeros(digits: string): number {
  const first = digits.search(/[1-9]/);
  return first < 0 ? digits.length : first;
}
