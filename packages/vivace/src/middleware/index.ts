// Between origins, hosts and schemes
export { cors, type CorsOptions } from './cors';
export { trustedHosts } from './hosts';
export { httpsRedirect } from './https-redirect';
export { securityHeaders, type SecurityHeadersOptions } from './security-headers';

// Visitors
export { sessions, type SessionsOptions } from './sessions';
export { Session } from '../declare/parts';

// Bodies
export { compress } from './compress';
export { decompress, type DecompressOptions } from './decompress';
export { etag } from './etag';

// Limits
export { rateLimit, type RateLimitOptions } from './rate-limit';
export { timeout } from './timeout';

// Answers that are given again
export { cache, type CacheOptions } from './cache';
export { idempotency, type IdempotencyOptions } from './idempotency';

// What clients and logs are told
export { requestId } from './request-id';
export { accessLog } from './access-log';
export { processTime } from './process-time';
export { deprecation, type DeprecationOptions } from './deprecation';

// Where data is kept
export { memoryStore } from './memory-store';
export type { Store } from './store';
