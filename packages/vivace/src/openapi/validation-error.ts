import type { SchemaObject } from './types';

const ValidationError: SchemaObject = {
  properties: {
    loc: { items: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, type: 'array', title: 'Location' },
    msg: { type: 'string', title: 'Message' },
    type: { type: 'string', title: 'Error Type' },
    input: { title: 'Input' },
    ctx: { type: 'object', title: 'Context' },
  },
  type: 'object',
  required: ['loc', 'msg', 'type'],
  title: 'ValidationError',
};

const issues = (title: string): SchemaObject => ({ items: { $ref: '#/components/schemas/ValidationError' }, type: 'array', title });

const HTTPValidationError: SchemaObject = { properties: { detail: issues('Detail') }, type: 'object', title: 'HTTPValidationError' };

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

/** How the document describes the answer to an input that does not fit. */
export interface InvalidAnswer {
  readonly media: string;
  readonly ref: string;
  readonly components: Readonly<Record<string, SchemaObject>>;
}

export const INVALID_ANSWERS: Readonly<Record<'detail' | 'problem', InvalidAnswer>> = {
  detail: {
    media: 'application/json',
    ref: '#/components/schemas/HTTPValidationError',
    components: { HTTPValidationError, ValidationError },
  },
  problem: {
    media: 'application/problem+json',
    ref: '#/components/schemas/ProblemDetails',
    components: { ProblemDetails, ValidationError },
  },
};
