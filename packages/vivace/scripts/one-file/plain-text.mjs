import { parseSync } from 'oxc-parser';

/**
 * A module as short as Node can read it: comments are for those who read the package, and one character beyond ASCII would
 * double the memory of the whole file. Each line stays where it is, so that maps still fit.
 */
export function plainText(file, code) {
  let text = '';
  let end = 0;
  for (const comment of parseSync(file, code).comments) {
    const rest = code.slice(comment.end, code.indexOf('\n', comment.end));
    text += code.slice(end, comment.start);
    if (rest.trim() === '') text = text.replace(/ +$/, '');
    text += code
      .slice(comment.start, comment.end)
      .replaceAll(/[^\n]/g, rest.trim() === '' ? '' : ' ');
    end = comment.end;
  }
  return (text + code.slice(end)).replaceAll(/[\u0080-\uffff]/g, escaped);
}

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
