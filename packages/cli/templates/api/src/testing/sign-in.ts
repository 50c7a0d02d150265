import type { TestClient } from 'vivace/testing';

export const ada = { name: 'Ada', email: 'ada@example.com', password: 'difference engine' };
export const charles = { ...ada, name: 'Charles', email: 'charles@example.com' };

/** Signs up and in; the headers of requests in this name. */
export async function signIn(client: TestClient, user = ada): Promise<{ authorization: string }> {
  await client.post('/users', { json: user });
  const response = await client.post('/token', {
    form: { username: user.email, password: user.password },
  });
  return { authorization: `Bearer ${response.json<{ access_token: string }>().access_token}` };
}
