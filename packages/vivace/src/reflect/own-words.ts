import type { Definition, Documentation, Members } from './type-data';

/** Whether a definition is one of this package, whose comments are for those who program, not for those who read a document. */
export function isOurs(id: string): boolean {
  return /^vivace\/(?:src|dist)\/(?!.*\.test\.)/.test(id);
}

/** A definition without its comments. */
export function withoutWords(definition: Definition): Definition {
  const bare = wordless(definition);
  return bare.kind === 'class' ? { ...bare, props: wordlessEach(bare.props) } : bare;
}

function wordlessEach(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, wordless(member)]),
  );
}

/** Tags that say what is valid stay. */
function wordless<D extends Documentation>({ doc: _doc, tags, ...rest }: D): Omit<D, 'doc'> & D {
  const { example: _example, examples: _examples, ...others } = tags ?? {};
  return { ...rest, ...(tags !== undefined && { tags: others }) } as Omit<D, 'doc'> & D;
}
