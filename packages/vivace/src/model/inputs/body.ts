import { BootError } from '../../errors/boot-error';
import { wantedDigits, type WantedDigits } from '../../validate/digits';
import type { Where } from '../../errors/where';
import type { BodyInput, Node } from '../node';
import type { Body } from '../model';

/** How the body inputs of all nodes share one body; `nodes` in the order of the document, the handler first. */
export function bodyOf(nodes: readonly Node[], where: Where): Body | undefined {
  const all = nodes.map((node) => node.inputs.filter(isBodyInput));
  const inputs = eachNameOnce(all.flat());
  const first = inputs[0];
  if (first === undefined) return undefined;
  const json = inputs.find((input) => input.kind === 'body');
  const form = inputs.find((input) => input.kind !== 'body');
  if (json !== undefined && form !== undefined) throw mixed(json, form, where);
  const keyed = isKeyed(all.flat(), first);
  for (const own of all) if (keyed || own.length > 1) checkNames(own);
  return Object.freeze({
    place: 'body',
    kind:
      json !== undefined
        ? 'json'
        : inputs.some(({ kind }) => kind === 'file')
          ? 'multipart'
          : 'form',
    inputs: Object.freeze(inputs),
    keyed,
    digits: digitsOfAll(inputs, keyed),
    media: mediaOf(inputs),
    required: keyed
      ? inputs.some(({ presence }) => presence === 'required')
      : first.presence === 'required',
  });
}

/** A body with keys is never a number alone. */
function digitsOfAll(inputs: readonly BodyInput[], keyed: boolean): WantedDigits | undefined {
  const wanted = inputs.map(({ schema }) => wantedDigits(schema)).find(Boolean);
  return keyed && wanted !== undefined ? { whole: undefined } : wanted;
}

/** What has no name takes the whole body: then no other input can have a key of it. */
function checkNames(inputs: readonly BodyInput[]): void {
  const nameless = inputs.find(({ named }) => !named);
  if (nameless === undefined) return;
  const mark = nameless.kind === 'body' ? '@Body' : '@Form';
  throw new BootError(
    'PARAMETER_NAME',
    nameless.where,
    'Every parameter reads a key of the body here, and this one has no name.',
    `the key among the options of its mark, ${mark}({ alias: 'name' }), or all in one class`,
  );
}

function isBodyInput(input: { readonly kind: string }): input is BodyInput {
  return input.kind === 'body' || input.kind === 'form' || input.kind === 'file';
}

/** The same name in several dependencies is the same value on the wire. */
function eachNameOnce(inputs: readonly BodyInput[]): readonly BodyInput[] {
  return inputs.filter(
    (input, index) => inputs.findIndex(({ alias }) => alias === input.alias) === index,
  );
}

/** FastAPI's rule: inputs of several names, an explicit `embed`, and form fields outside a form model are keys of the body. */
function isKeyed(inputs: readonly BodyInput[], first: BodyInput): boolean {
  const names = new Set(inputs.map(({ name }) => name));
  const aliases = new Set(inputs.map(({ alias }) => alias));
  return (
    names.size > 1 || aliases.size > 1 || first.embed || (first.kind !== 'body' && !first.model)
  );
}

function mediaOf(inputs: readonly BodyInput[]): string {
  const [media, ...others] = new Set(inputs.map((input) => input.media));
  if (media !== undefined && others.length === 0) return media;
  if (inputs.some(({ kind }) => kind === 'file')) return 'multipart/form-data';
  return inputs[0]!.kind === 'body' ? 'application/json' : 'application/x-www-form-urlencoded';
}

function mixed(json: BodyInput, form: BodyInput, where: Where): BootError {
  const what = form.kind === 'file' ? 'a file' : 'a form';
  return new BootError(
    'BODY_MIXED',
    { ...where, parameter: json.name },
    `The request has one body: '${json.name}' reads it as JSON, '${form.name}' as ${what}.`,
    `@Form() ${json.name}, so that both come from the form, or the same as JSON for both`,
  );
}
