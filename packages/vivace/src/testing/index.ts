export { roomsContract } from './rooms-contract';
export { testClient } from './test-client';
export { override } from './override';
export { storeContract } from './store-contract';
export type { TestClient } from './client';
export type { TestResponse } from './response';
export type { TestSocket } from './socket';
export type { TestStream } from './stream';
