export { httpClient, HttpClient, type TypedCallOptions } from './client';
export type { CallOptions } from './call';
export type { QueryValues, Value } from './address';
export type { CallTimeouts, CircuitOptions, HttpClientOptions, RetryOptions } from './options';
export { Answer } from './answer';
export {
  CallError,
  CallTimeout,
  CircuitOpen,
  ConnectionFailed,
  UnexpectedAnswer,
  UnexpectedStatus,
  type CallName,
} from './errors';
