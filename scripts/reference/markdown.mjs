// The pieces of Markdown that a page is made of.
import { format } from 'prettier';

export const cell = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
export const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

export function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** A block of TypeScript; declarations without their `declare` and empty bodies. */
export async function block(text) {
  const options = { parser: 'typescript', printWidth: 100, singleQuote: true };
  const formatted = await format(text, options);
  const shown = formatted
    .trim()
    .replaceAll(/^declare /gm, '')
    .replaceAll(/ \{\}$/gm, '');
  return `\`\`\`ts\n${shown}\n\`\`\``;
}

/** What a comment says of parameters, the result and errors, each as a sentence. */
export function notesOf(doc) {
  return (doc?.tags ?? []).flatMap(({ tag, text }) => {
    const line = text.replaceAll(/\s+/g, ' ');
    const [, name, said] = /^([\w.]+)(?: -)? ?(.*)$/.exec(line) ?? [];
    // One of an object stands in the table of members.
    if (tag === 'param') return name.includes('.') ? [] : [sentence(`\`${name}\`: ${said}`)];
    if (tag === 'returns') return [sentence(`Gives ${line}`)];
    return tag === 'throws' ? [sentence(`Throws ${line}`)] : [];
  });
}

export function examplesOf(doc) {
  return (doc?.tags ?? [])
    .filter(({ tag }) => tag === 'example')
    .map(({ text }) => `\`\`\`ts\n${text}\n\`\`\``);
}

export function firstSentence(text) {
  const line = text.replaceAll(/\s+/g, ' ');
  return /^(?:`[^`]*`|[^`])*?\.(?=\s|$)/.exec(line)?.[0] ?? line;
}

function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
