import { dirname, relative } from 'node:path';
import { packageAt } from '../project/packages';
import type { Syntax } from '../project/syntax';
import type { Documentation } from './type-data';

interface Comment {
  readonly comment?:
    string | readonly { readonly text: string; readonly name?: { readonly text?: string } }[];
}
interface Tag extends Comment {
  readonly tagName: { readonly text: string };
  readonly name?: { readonly text?: string };
}

/** The text and the tags of the JSDoc that stands before a node; `@param` belongs to the parameters. */
export function documentationOf(node: Syntax): Documentation {
  const comment = commentsOf(node).at(-1);
  if (!comment) return {};
  const doc = textOf(comment);
  const written = Map.groupBy(comment.tags ?? [], (tag) => tag.tagName.text);
  written.delete('param');
  const tags = [...written].map(
    ([name, all]) => [name, oneOrMany(all.map((tag) => textOf(tag) || true))] as const,
  );
  return { ...(doc && { doc }), ...(tags.length > 0 && { tags: Object.fromEntries(tags) }) };
}

/** Its comments are for those who write programs, not for the documents of their programs. */
function isOfFramework(file: string): boolean {
  const { name, root } = packageAt(dirname(file));
  return name === 'vivace' && /^(?:src|dist)\b(?!.*\.test\.)/.test(relative(root, file));
}

function oneOrMany<T>(values: T[]): T | T[] {
  return values.length === 1 ? values[0]! : values;
}

/** What `@param` says of each parameter of a function, by name. */
export function parameterTexts(node: Syntax): ReadonlyMap<string, string> {
  const tags = commentsOf(node).flatMap((comment) => comment.tags ?? []);
  const parameters = tags.filter((tag) => tag.tagName.text === 'param');
  return new Map(parameters.map((tag) => [tag.name?.text ?? '', textOf(tag).replace(/^-\s*/, '')]));
}

function commentsOf(node: Syntax) {
  if (isOfFramework(node.getSourceFile().fileName)) return [];
  return (node.jsDoc ?? []) as unknown as readonly (Comment & { readonly tags?: readonly Tag[] })[];
}

function textOf({ comment = '' }: Comment): string {
  const text =
    typeof comment === 'string'
      ? comment
      : comment.map((part) => (part.name?.text ?? '') + part.text).join('');
  return text.trim();
}
