import { executionAsyncResource } from 'node:async_hooks';
import { keepTickShape } from './tick-shape';

test('What Node queues for a tick is what a tick sees, so that its shape can be kept', async () => {
  keepTickShape();
  const seen = await new Promise((resolve) =>
    process.nextTick(() => resolve(executionAsyncResource())),
  );
  expect(seen).toHaveProperty('callback');
});
