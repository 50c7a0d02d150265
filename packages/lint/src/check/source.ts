import { type Comment, parseSync, type Program } from 'oxc-parser';

export interface SourceFile {
  /** What findings call it: `src/app.ts`. */
  readonly place: string;
  /** Its absolute path, from which its imports are resolved. */
  readonly path: string;
  readonly text: string;
}

/** A file and its syntax. What is not TypeScript is left to the compiler. */
export interface Source extends SourceFile {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** The line, from 1, of an offset in its text. */
  lineAt(offset: number): number;
}

export function parseSource(file: SourceFile): Source {
  const { program, comments } = parseSync(file.path, file.text);
  return {
    ...file,
    program,
    comments,
    lineAt: (offset) => file.text.slice(0, offset).split('\n').length,
  };
}
