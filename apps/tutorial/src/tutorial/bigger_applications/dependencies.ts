import { HTTPException, Header, Query, dependency } from 'vivace';

export const get_token_header = dependency({ x_token: Header(String) }, ({ x_token }) => {
  if (x_token !== 'fake-super-secret-token') throw new HTTPException(400, 'X-Token header invalid');
});

export const get_query_token = dependency({ token: Query(String) }, ({ token }) => {
  if (token !== 'jessica') throw new HTTPException(400, 'No Jessica token provided');
});
