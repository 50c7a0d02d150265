import type { Program } from '../description';
import { answers, bodies, constraints, scalars, unions } from './bodies';
import { documents } from './documents';
import type { Draw } from './draw';
import { forms, query } from './inputs';
import { presences } from './presences';

/** Draws programs of a kind. */
export interface Section {
  /** What of it is compared. */
  readonly subject: 'answers' | 'document';
  readonly make: (draw: Draw) => Program;
}

export const SECTIONS: Readonly<Record<string, Section>> = {
  scalars: { subject: 'answers', make: scalars },
  constraints: { subject: 'answers', make: constraints },
  unions: { subject: 'answers', make: unions },
  answers: { subject: 'answers', make: answers },
  bodies: { subject: 'answers', make: bodies },
  forms: { subject: 'answers', make: forms },
  query: { subject: 'answers', make: query },
  presence: { subject: 'answers', make: presences },
  documents: { subject: 'document', make: documents },
};
