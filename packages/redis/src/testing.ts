export { cacheContract } from './contracts/cache-contract';
export { channelsContract } from './contracts/channels-contract';
export { lockContract } from './contracts/lock-contract';
