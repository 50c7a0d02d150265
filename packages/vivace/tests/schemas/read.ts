import type { TestClient, TestResponse } from 'vivace/testing';

export interface ShownIssue {
  type: string;
  loc: (string | number)[];
  msg: string;
  input?: unknown;
}

/** The issues of a refused request. */
export function detailOf(response: TestResponse): ShownIssue[] {
  return response.json<{ detail: ShownIssue[] }>().detail;
}

// oxlint-disable-next-line no-explicit-any -- parts of a document, of any shape
export async function documentOf(client: TestClient): Promise<any> {
  return (await client.get('/openapi.json')).json();
}
