import type { ClassDefinition, Definition, SideCar } from './side-car';

/** What a build ships: the definitions that the roots reach, without private members. */
export function prune(sideCar: SideCar, roots: ReadonlySet<string>): SideCar {
  const reached = new Set([...roots].filter((id) => id in sideCar.defs));
  const defs: Record<string, Definition> = {};
  for (const id of reached) {
    const definition = sideCar.defs[id]!;
    defs[id] = definition.kind === 'class' ? withoutPrivate(definition) : definition;
    for (const ref of refsIn(defs[id])) if (ref in sideCar.defs) reached.add(ref);
  }
  return { ...sideCar, defs };
}

function withoutPrivate(definition: ClassDefinition): ClassDefinition {
  const props = Object.entries(definition.props).filter(([, { vis }]) => vis !== 'private');
  return { ...definition, props: Object.fromEntries(props) };
}

function* refsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { ref, from } = value as { ref?: unknown; from?: unknown };
  if (typeof ref === 'string') yield ref;
  if (typeof from === 'string') yield from;
  for (const part of Object.values(value)) yield* refsIn(part);
}
