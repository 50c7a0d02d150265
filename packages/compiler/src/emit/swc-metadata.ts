import { KEEPS, RETURNS } from './design-annotations';
import { applyEdits, type Edit } from './edits';
import { nodesOf, parseScript, type Script, type ScriptNode } from './script';

/** Mends what SWC says more than `tsc`, or less: a class itself has no type, and an accessor with a setter has its parameter. */
export function withTscMetadata(code: string, filename: string): string {
  if (!code.includes('_ts_metadata(')) return code;
  return applyEdits(code, metadataEdits(parseScript(code, filename)));
}

function metadataEdits({ program, code }: Script): Edit[] {
  const edits: Edit[] = [];
  const classes = new Map<string, readonly ScriptNode[]>();
  for (const { node } of nodesOf(program)) {
    if (/^Class(Declaration|Expression)$/.test(node.type) && node.id?.name)
      classes.set(node.id.name, (node.body as ScriptNode).body as readonly ScriptNode[]);
    if (node.callee?.name !== '_ts_decorate') continue;
    const [list, target, key] = node.arguments ?? [];
    const type = metadataOf(list, 'design:type');
    const parameters = metadataOf(list, 'design:paramtypes');
    const [returns, keeps] = [RETURNS, KEEPS].map((name) => callOf(list, name));
    for (const each of [returns, keeps]) if (each) edits.push(without(each, code));
    const result = metadataOf(list, 'design:returntype')?.arguments?.[1];
    if (returns && result)
      edits.push({
        start: result.start,
        end: result.end,
        text: textOf(returns.arguments![0]!, code),
      });
    if (!key) {
      if (type) edits.push(without(type, code));
      continue;
    }
    const holder = (target?.object ?? target)?.name ?? '';
    const name = String(key.value);
    const members = (classes.get(holder) ?? []).filter(({ key: own }) => keyOf(own) === name);
    if (!type || !parameters || !members.some(({ kind }) => kind === 'set')) continue;
    if (isAutomatic(classes.get(holder) ?? [], name)) {
      edits.push(without(parameters, code));
      continue;
    }
    const { start, end } = parameters.arguments![1]!;
    edits.push({ start, end, text: `[${textOf(type.arguments![1]!, code)}]` });
  }
  return edits;
}

function metadataOf(list: ScriptNode | undefined, key: string): ScriptNode | undefined {
  return list?.elements?.find((each) => each?.arguments?.[0]?.value === key) ?? undefined;
}

function callOf(list: ScriptNode | undefined, name: string): ScriptNode | undefined {
  return list?.elements?.find((each) => each?.callee?.name === name) ?? undefined;
}

function textOf({ start, end }: ScriptNode, code: string): string {
  return code.slice(start, end);
}

/** Made of `accessor name`, which counts as a property. */
function isAutomatic(members: readonly ScriptNode[], name: string): boolean {
  return members.some(
    ({ key }) => key?.type === 'PrivateIdentifier' && key.name === `${name}_accessor`,
  );
}

function keyOf(key: ScriptNode | undefined): string {
  return String(key?.name ?? key?.value);
}

/** An element of a list, and the comma after it. */
function without({ start, end }: ScriptNode, code: string): Edit {
  return { start, end: end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0), text: '' };
}
