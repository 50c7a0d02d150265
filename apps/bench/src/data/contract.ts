/** What each server of the data-backed API takes and gives. */
export interface PostInput {
  readonly authorId: number;
  readonly title: string;
  readonly body: string;
  readonly summary?: string | null;
  readonly status?: Status;
  readonly tags?: readonly { readonly name: string; readonly weight?: number }[];
}
export interface PostChange {
  readonly version: number;
  readonly title?: string;
  readonly body?: string;
  readonly summary?: string | null;
  readonly status?: Status;
}
export interface Transfer {
  readonly fromId: number;
  readonly toId: number;
  readonly amount: number;
}
export type Status = 'draft' | 'review' | 'published';
