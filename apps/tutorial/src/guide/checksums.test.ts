import { pbkdf2Sync } from 'node:crypto';
import { testClient } from 'vivace/testing';
import { app } from './checksums';

test('the work is done on another thread, with copies of what it needs', async () => {
  await using client = await testClient(app);
  const files = { upload: { filename: 'letter.txt', content: 'Dear Ann' } };
  const response = await client.post('/checksums/', { files, params: { rounds: 7 } });
  expect(response.json()).toBe(pbkdf2Sync('Dear Ann', 'salt', 7, 16, 'sha256').toString('hex'));
});
