import proxyAddr from '@fastify/proxy-addr';
import type { FastifyRequest } from 'fastify';
import type { VivaceOptions } from '../declare/options/vivace-options';
import { withoutEnd } from '../text/ends';

/** The path that a proxy strips from what it passes on. */
export type RootPath = (request: FastifyRequest) => string;

/** The option counts; without it `X-Forwarded-Prefix` does, if a trusted proxy sent it. */
export function rootPathOf(rootPath: string, trustProxy: VivaceOptions['trustProxy']): RootPath {
  if (rootPath !== '' || trustProxy === undefined || trustProxy === false) return () => rootPath;
  const isTrusted = trustedBy(trustProxy);
  return ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-prefix'];
    return typeof forwarded === 'string' && isTrusted(socket.remoteAddress ?? '')
      ? prefixOf(forwarded)
      : '';
  };
}

/** Tells which addresses are those of proxies that are trusted. */
export function trustedBy(trustProxy: VivaceOptions['trustProxy']): (address: string) => boolean {
  if (trustProxy === undefined || trustProxy === false) return () => false;
  if (trustProxy === true) return () => true;
  const isTrusted = proxyAddr.compile(listOf(trustProxy));
  return (address) => address !== '' && isTrusted(address, 0);
}

/** Several proxies strip one after the other; what is no path counts as nothing, so that no address leads elsewhere. */
function prefixOf(forwarded: string): string {
  const prefix = forwarded
    .split(',')
    .map((part) => withoutEnd(part.trim(), '/'))
    .join('');
  return /^(?:\/[\w!$&'()*+.:;=@~%-]+)*$/.test(prefix) ? prefix : '';
}

function listOf(addresses: string | readonly string[]): string[] {
  return typeof addresses === 'string'
    ? addresses.split(',').map((address) => address.trim())
    : [...addresses];
}
