import { dependency, HTTPException } from 'vivace';
import { APIKeyHeader, sameSecret } from 'vivace/security';

const key = new APIKeyHeader({
  key: 'X-Desk-Key',
  name: 'desk',
  description: 'The key of the desk: `da-capo` in this demo.',
});

/** Lets only the desk pass. */
export const desk = dependency(
  { key },
  ({ key }) => {
    if (!sameSecret(key, process.env.DESK_KEY ?? 'da-capo'))
      throw new HTTPException(403, 'This is not the key of the desk.');
  },
  { throws: [401, 403] },
);
