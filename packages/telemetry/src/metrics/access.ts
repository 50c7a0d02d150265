import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { TelemetryBootError } from '../boot-error';

/** Loopback, the private ranges, and those of a link. */
const OWN_NETWORK = [
  '127.0.0.0/8',
  '::1',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

/**
 * Tells which addresses are in a list.
 *
 * @throws TelemetryBootError for what is neither an address nor a range
 */
export function addressList(
  entries: readonly string[] = OWN_NETWORK,
): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (family === 0 || !/^\d+$/.test(bits ?? '0') || prefix > most)
      throw new TelemetryBootError(
        'TELEMETRY_OPTION',
        'telemetry({ metrics.allow })',
        `'${entry}' is neither an address nor a range.`,
        "'10.0.0.0/8'",
      );
    list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    // A socket of Unix has no address, and who may open it is said by the file system.
    if (address === '') return true;
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** What a proxy adds: with one of them, the sender is not who asks. */
const FORWARDED = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/;

/** Whether a request may see the numbers: its sender, and who it says it is sent for. */
export function mayAsk(
  { headers, ip, ips, raw }: FastifyRequest,
  allows: (address: string) => boolean,
): boolean {
  const sender = raw.socket.remoteAddress ?? '';
  const isForwarded = Object.keys(headers).some((name) => FORWARDED.test(name));
  // With `trustProxy` Fastify names the addresses behind a sender that it trusts.
  if (isForwarded && (ips === undefined || ips.length < 2)) return false;
  return allows(sender) && allows((ip as string | undefined) ?? '');
}
