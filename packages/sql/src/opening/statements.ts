/** The statements of a text that MikroORM wrote: each ends with its line, also where a value holds a semicolon. */
export function statementsOf(text: string): readonly string[] {
  return text
    .split(/;\s*\n/)
    .reduce<string[]>((statements, piece) => {
      const open = statements.at(-1);
      // A quote that has no end goes on in the next piece.
      if (open !== undefined && open.split("'").length % 2 === 0)
        statements[statements.length - 1] = `${open};\n${piece}`;
      else statements.push(piece);
      return statements;
    }, [])
    .map((statement) => statement.trim().replace(/;$/, ''))
    .filter((statement) => statement !== '');
}
