import { applyEdits, type Edit } from './edits';
import { nodesOf, parseSource, type ScriptNode } from './script';

interface Accessor extends ScriptNode {
  readonly key: ScriptNode;
  readonly typeAnnotation?: ScriptNode | null;
  readonly decorators: readonly ScriptNode[];
  readonly static: boolean;
}

/**
 * Writes `accessor name: T = value` as what it means: a private field, with a getter that has the decorators, and a setter.
 * SWC leaves the word in place, and Node does not know it yet. No line moves.
 */
export function withoutAccessors(source: string, filename: string): string {
  if (!/\baccessor\b/.test(source)) return source;
  const program = parseSource(source, filename);
  if (!program) return source;
  const edits = [...nodesOf(program)].flatMap(({ node }, index): Edit[] => {
    if (node.type === 'AccessorProperty') return [written(node as Accessor, source, index)];
    return node.type === 'TSAbstractAccessorProperty'
      ? [{ ...wordOf(node as Accessor, source), text: '' }]
      : [];
  });
  return applyEdits(source, edits);
}

function written(node: Accessor, source: string, index: number): Edit {
  const { key, typeAnnotation, computed } = node;
  const [word, name] = [wordOf(node, source), source.slice(key.start, key.end)];
  const store = `#${/^#?[\w$]+$/.test(name) && !computed ? name.replace('#', '') : `_${index}`}_accessor`;
  const type = typeAnnotation ? source.slice(typeAnnotation.start, typeAnnotation.end) : '';
  // A type of several lines would move those after it; the side-car has it all the same.
  const shown = type.includes('\n') ? '' : type;
  const property = computed ? `[${name}]` : name;
  const head = node.static ? 'static ' : '';
  return {
    start: word.start,
    end: typeAnnotation?.start ?? endOfName(node, source),
    text: `get ${property}()${shown} { return this.${store}; } ${head}set ${property}(value) { this.${store} = value; } ${head}${store}`,
  };
}

/** Past the bracket of a calculated name. */
function endOfName({ key, computed }: Accessor, source: string): number {
  return computed ? source.indexOf(']', key.end) + 1 : key.end;
}

/** The word `accessor` itself: what stands before the name, after decorators and other modifiers. */
function wordOf({ start, key, decorators }: Accessor, source: string): Edit {
  const from = decorators.at(-1)?.end ?? start;
  const at = from + source.slice(from, key.start).lastIndexOf('accessor');
  return { start: at, end: at + 'accessor'.length, text: '' };
}
