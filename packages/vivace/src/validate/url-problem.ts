/*
 * Why a text is no URL, in the words of the parser that pydantic has: it reads scheme, host and port in this order, and
 * says what is wrong with the first that it cannot read. Whether there is something wrong is what Node says.
 */

const WITHOUT_BASE = 'relative URL without a base';
const NO_HOST = 'empty host';
const NOT_IPV6 = 'invalid IPv6 address';
const NOT_IPV4 = 'invalid IPv4 address';
const NO_PORT = 'invalid port number';
const NO_NAME = 'invalid international domain name';
const NO_CHARACTER = 'invalid domain character';

const LARGEST_PORT = 65_535;

/** The text as URLs are read: without blanks around it, and without line breaks and tabs. */
export function cleanUrl(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text, start)) start += 1;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return text.slice(start, end).replaceAll(/[\t\n\r]/g, '');
}

const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) <= 0x20;

export function urlProblem(text: string): string | undefined {
  if (text === '') return 'input is empty';
  if (URL.canParse(text)) return undefined;
  const url = cleanUrl(text);
  const [start, scheme = ''] = /^([a-z][a-z\d+.-]*):/i.exec(url) ?? [];
  if (start === undefined) return WITHOUT_BASE;
  const rest = url.slice(start.length);
  switch (scheme.toLowerCase()) {
    case 'http':
    case 'https':
    case 'ws':
    case 'wss':
    case 'ftp':
      return authorityProblem(upTo(/[\\/?#]/, rest.replace(/^[\\/]+/, '')), hostProblem);
    case 'file':
      return hostProblem(upTo(/[\\/?#]/, rest.slice(2)));
    default:
      return authorityProblem(upTo(/[/?#]/, rest.slice(2)), opaqueProblem);
  }
}

function upTo(end: RegExp, text: string): string {
  const at = text.search(end);
  return at < 0 ? text : text.slice(0, at);
}

function authorityProblem(authority: string, ofHost: (host: string) => string): string {
  const server = authority.slice(authority.lastIndexOf('@') + 1);
  const colon = portAt(server);
  const host = colon < 0 ? server : server.slice(0, colon);
  if (host === '') return NO_HOST;
  const port = colon < 0 ? '' : server.slice(colon + 1);
  const isPort = /^\d*$/.test(port) && Number(port) <= LARGEST_PORT;
  return isPort || !isHost(host, ofHost) ? ofHost(host) : NO_PORT;
}

/** Where the colon before the port is: outside of brackets. */
function portAt(server: string): number {
  let bracketed = false;
  for (let at = 0; at < server.length; at += 1) {
    if (server[at] === '[') bracketed = true;
    else if (server[at] === ']') bracketed = false;
    else if (server[at] === ':' && !bracketed) return at;
  }
  return -1;
}

function isHost(host: string, ofHost: (host: string) => string): boolean {
  return URL.canParse(`${ofHost === hostProblem ? 'ws' : 'x'}://${host}/`);
}

/** What is wrong with the host of a web address. */
function hostProblem(host: string): string {
  if (host.startsWith('[')) return NOT_IPV6;
  const named = `ws://${host}.a`;
  if (host.includes('@') || !URL.canParse(named)) return NO_NAME;
  return new URL(named).hostname === '.a' ? NO_HOST : NOT_IPV4;
}

/** What is wrong with a host that means something to its scheme only. */
function opaqueProblem(host: string): string {
  return host.startsWith('[') ? NOT_IPV6 : NO_CHARACTER;
}
