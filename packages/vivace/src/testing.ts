export { roomsContract } from './testing/rooms-contract';
export { testClient } from './testing/test-client';
export { override } from './testing/override';
export { storeContract } from './testing/store-contract';
export type { TestClient } from './testing/client';
export type { TestResponse } from './testing/response';
export type { TestSocket } from './testing/socket';
export type { TestStream } from './testing/stream';
