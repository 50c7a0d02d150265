import { BootError } from '../../errors/boot-error';
import { holdsDigits } from '../../validate/digits';
import type { Where } from '../../errors/where';
import type { BodyInput, Node } from '../node';
import type { Body } from '../model';

/** How the body inputs of all nodes share one body; `nodes` in the order of the document, the handler first. */
export function bodyOf(nodes: readonly Node[], where: Where): Body | undefined {
  const inputs = eachNameOnce(nodes.flatMap((node) => node.inputs).filter(isBodyInput));
  const first = inputs[0];
  if (first === undefined) return undefined;
  const json = inputs.find((input) => input.kind === 'body');
  const form = inputs.find((input) => input.kind !== 'body');
  if (json !== undefined && form !== undefined) throw mixed(json, form, where);
  const keyed = isKeyed(inputs, first);
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
    exact: inputs.some(({ schema }) => holdsDigits(schema)),
    media: mediaOf(inputs),
    required: keyed
      ? inputs.some(({ presence }) => presence === 'required')
      : first.presence === 'required',
  });
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

/** FastAPI's rule: several inputs, an explicit `embed`, and form fields outside a form model are keys of the body. */
function isKeyed(inputs: readonly BodyInput[], first: BodyInput): boolean {
  return inputs.length > 1 || first.embed || (first.kind !== 'body' && !first.model);
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
