import type { TextFormat } from '../../declare/class';

/** A date, time, or length of time as something that `<` compares; other text as it is. */
export function orderOf(value: unknown, format: TextFormat | undefined): number | string {
  if (value instanceof Date)
    return format === 'date-time' ? value.getTime() : value.toISOString().slice(0, 10);
  const text = String(value);
  if (format === 'date-time') return instantOf(text.length === 10 ? `${text}T00:00` : text);
  if (format === 'time') return instantOf(`1970-01-01T${text}`);
  return format === 'duration' ? secondsOf(text) : text;
}

/** Without an offset it is UTC. */
function instantOf(text: string): number {
  const [, date, time, offset = ''] =
    /^(\d{4}-\d\d-\d\d)[Tt_ ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)([^\d:.,].*)?$/s.exec(text) ?? [];
  const zone =
    offset === '' || /^z$/i.test(offset)
      ? 'Z'
      : offset.replace('\u2212', '-').replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  return Date.parse(`${date}T${time?.replace(',', '.')}${zone}`);
}

const SECONDS: Readonly<Record<string, number>> = {
  Y: 31_536_000,
  W: 604_800,
  D: 86_400,
  H: 3600,
  S: 1,
};

/** `PT1H30M`, or `3 days 04:05:06`; a year has 365 days, a month 30. */
function secondsOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [date = '', time = ''] = text.replace(/^[+-]/, '').split('T');
  if (date.startsWith('P'))
    return (
      sign *
      (sumOf(date.slice(1), { ...SECONDS, M: 2_592_000 }) + sumOf(time, { ...SECONDS, M: 60 }))
    );
  const word = date.search(/d/i);
  const [days, clock] =
    word < 0
      ? ['0', date]
      : [date.slice(0, word), date.slice(word).replace(/^d(?:ays?)?,?\s*/i, '')];
  const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
  return (
    sign * (Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  );
}

function sumOf(text: string, units: Readonly<Record<string, number>>): number {
  const parts = text === '' ? [] : text.split(/(?<=[A-Z])/);
  return parts.reduce(
    (sum, part) => sum + Number(part.slice(0, -1).replace(',', '.')) * (units[part.at(-1)!] ?? 0),
    0,
  );
}
