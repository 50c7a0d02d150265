import * as framework from 'vivace';
import { rehearse } from './rehearse';

describe('a process that waits for a version', () => {
  it('can build an application that needs nothing of the project', async () => {
    await expect(rehearse(framework)).resolves.toBeUndefined();
  });
});
