/** The encoding of a list, best first, that a client likes most; undefined where it takes none of them. */
export function negotiated<E extends string>(
  header: string | null,
  encodings: readonly E[],
): E | undefined {
  const weights = new Map(
    (header ?? '').split(',').map((part): [string, number] => {
      const [name = '', ...parameters] = part.toLowerCase().split(';');
      const q = parameters
        .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
        .find((value) => value !== undefined);
      return [name.trim(), q === undefined ? 1 : Number(q)];
    }),
  );
  const weightOf = (encoding: E): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  const best = encodings.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
  return best !== undefined && weightOf(best) > 0 ? best : undefined;
}
