import { isIPv6 } from 'node:net';
import type { Request } from '../declare/context-classes';

/** As some proxies write it: the port is another one with each connection. */
const WITH_PORT = /^(?:\[([\da-f:.%]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i;

/** Who is counted as one client: an IPv4 address, or the /64 network that an IPv6 client has to itself. */
export function clientAddress({ ip: said }: Request): string {
  const [, v6, v4] = WITH_PORT.exec(said) ?? [];
  const ip = v6 ?? v4 ?? said;
  if (!ip.includes(':') || !isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const zeros =
    tail === undefined ? 0 : 8 - before.length - (tail === '' ? 0 : tail.split(':').length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...(tail ?? '').split(':')];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
