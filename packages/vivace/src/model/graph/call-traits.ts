import { types as functions } from 'node:util';
import type { TypeData } from '../../reflect/type-data';
import type { Node } from '../node';

/** What is known of a call before it happens: from the function itself, else from its return type. */
export function callTraits(
  call: Function,
  type:
    { readonly returns: TypeData; readonly written?: true; readonly immediate?: true } | undefined,
): Pick<Node, 'async' | 'generator'> {
  // The call of a generator, async or not, gives its object at once.
  if (functions.isGeneratorFunction(call)) return { async: false, generator: true };
  const isAsync = functions.isAsyncFunction(call);
  if (type?.immediate && !isAsync) return { async: false, generator: false };
  // What is only inferred may be otherwise: a cast is enough.
  const returns = type?.written ? type.returns : undefined;
  const open = returns === undefined || isOpen(returns);
  const async = isAsync || (open ? 'maybe' : false);
  return { async, generator: open && !isPromiseOfPlain(returns) ? 'maybe' : false };
}

const PLAIN = new Set(['Date', 'Map', 'Set', 'Uint8Array', 'Buffer', 'URL', 'RegExp', 'Array']);

/** Whether a value of the type may be a promise or a generator. */
function isOpen(type: TypeData): boolean {
  if (typeof type === 'string') return ['any', 'unknown', 'object'].includes(type);
  if ('union' in type) return type.union.some(isOpen);
  if ('builtin' in type) return !PLAIN.has(type.builtin);
  return 'unsupported' in type || 'foreign' in type || 'param' in type;
}

function isPromiseOfPlain(type: TypeData | undefined): boolean {
  return (
    typeof type === 'object' &&
    'builtin' in type &&
    type.builtin === 'Promise' &&
    type.args?.[0] !== undefined &&
    !isOpen(type.args[0])
  );
}
