// Between origins, hosts and schemes
export { cors, type CorsOptions } from './middleware/cors';
export { trustedHosts } from './middleware/hosts';
export { httpsRedirect } from './middleware/https-redirect';
export { securityHeaders, type SecurityHeadersOptions } from './middleware/security-headers';

// Visitors
export { sessions, type SessionsOptions } from './middleware/sessions';
export { WebSession } from './declare/context-classes';

// Bodies
export { compress } from './middleware/compress';
export { decompress, type DecompressOptions } from './middleware/decompress';
export { etag } from './middleware/etag';

// Limits
export { rateLimit, type RateLimitOptions } from './middleware/rate-limit';
export { timeout } from './middleware/timeout';

// Answers that are given again
export { cache, type CacheOptions } from './middleware/cache';
export { idempotency, type IdempotencyOptions } from './middleware/idempotency';

// What clients and logs are told
export { requestId } from './middleware/request-id';
export { accessLog } from './middleware/access-log';
export { processTime } from './middleware/process-time';
export { deprecation, type DeprecationOptions } from './middleware/deprecation';

// Where data is kept
export { memoryStore } from './stores/memory-store';
export type { Store } from './declare/store';
