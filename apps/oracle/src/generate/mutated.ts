import type { Draw } from './draw';

/** What makes a text nearly what it was: signs of every form, and characters that look like others or stand for nothing. */
const PIECES: readonly string[] = [
  ...'0123456789.:-+TZtzPDHMSWYeE ,/@#?%[]{}()<>"\'\\abcfgx\n\t\0ä٣−😀\u00ad\u2028。ß',
  ' day',
  'xn--',
  '..',
  '//',
  '00',
  '1e',
];

/** A text with up to three signs that are missing, other ones, one too many, twice there or elsewhere. */
export function mutated(draw: Draw, text: string): string {
  const signs = [...text].slice(0, 60);
  for (let count = draw.between(1, 3); count > 0; count -= 1) change(draw, signs);
  return signs.join('');
}

function change(draw: Draw, signs: string[]): void {
  const [at, other] = [draw.below(signs.length + 1), draw.below(signs.length + 1)];
  switch (draw.pick('drop', 'add', 'replace', 'repeat', 'swap')) {
    case 'drop':
      signs.splice(at, 1);
      break;
    case 'add':
      signs.splice(at, 0, draw.pick(...PIECES));
      break;
    case 'replace':
      signs.splice(at, 1, draw.pick(...PIECES));
      break;
    case 'repeat':
      signs.splice(at, 0, ...signs.slice(Math.min(at, other), Math.max(at, other)).slice(0, 12));
      break;
    case 'swap':
      [signs[at], signs[other]] = [signs[other] ?? '', signs[at] ?? ''];
  }
}
