import type { SchemaObject } from '../declare/openapi';

const ValidationError: SchemaObject = {
  properties: {
    loc: {
      items: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      type: 'array',
      title: 'Location',
    },
    msg: { type: 'string', title: 'Message' },
    type: { type: 'string', title: 'Error Type' },
    input: { title: 'Input' },
    ctx: { type: 'object', title: 'Context' },
  },
  type: 'object',
  required: ['loc', 'msg', 'type'],
  title: 'ValidationError',
};

const issues = (title: string): SchemaObject => ({
  items: { $ref: '#/components/schemas/ValidationError' },
  type: 'array',
  title,
});

const HTTPValidationError: SchemaObject = {
  properties: { detail: issues('Detail') },
  type: 'object',
  title: 'HTTPValidationError',
};

const ProblemDetails: SchemaObject = {
  properties: {
    type: { type: 'string', title: 'Type' },
    title: { type: 'string', title: 'Title' },
    status: { type: 'integer', title: 'Status' },
    detail: { type: 'string', title: 'Detail' },
    errors: issues('Errors'),
  },
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  title: 'ProblemDetails',
};

const HTTPError: SchemaObject = {
  properties: { detail: { title: 'Detail' } },
  type: 'object',
  required: ['detail'],
  title: 'HTTPError',
};

/** How the document describes an answer to an error. */
export interface ErrorAnswer {
  readonly media: string;
  readonly ref: string;
  readonly components: Readonly<Record<string, SchemaObject>>;
}

const problem: ErrorAnswer = {
  media: 'application/problem+json',
  ref: '#/components/schemas/ProblemDetails',
  components: { ProblemDetails, ValidationError },
};

/** The answers to input that does not fit, and to errors that the program throws, by the format of errors. */
export const ERROR_ANSWERS: Readonly<
  Record<'detail' | 'problem', { readonly invalid: ErrorAnswer; readonly thrown: ErrorAnswer }>
> = {
  detail: {
    invalid: {
      media: 'application/json',
      ref: '#/components/schemas/HTTPValidationError',
      components: { HTTPValidationError, ValidationError },
    },
    thrown: {
      media: 'application/json',
      ref: '#/components/schemas/HTTPError',
      components: { HTTPError },
    },
  },
  problem: { invalid: problem, thrown: problem },
};
