import { holderOf } from './port-holder';

/** Where a server was to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
}

/** A place where no server can listen, and what to do about it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** The error of the system in words, if they are known. */
export function listenError(cause: unknown, { host, port, socket }: ListenAddress): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  const say =
    code === undefined
      ? undefined
      : socket === undefined
        ? ADDRESS[code]?.(host, port)
        : SOCKET[code]?.(socket);
  return say === undefined ? cause : new ListenError(say, { cause });
}

const unknownHost = (host: string): string =>
  `${host} is no address of this machine: listen on 127.0.0.1, for this machine only, or on 0.0.0.0, for others too.`;

const ADDRESS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => {
    const holder = holderOf(port);
    const seen = `Port ${port} of ${host} is in use${holder === undefined ? '' : ` by ${holder}`}`;
    return `${seen}: stop that process, or choose another port, as listen({ port: ${port + 1} }) or PORT=${port + 1}.`;
  },
  EACCES: (host, port) =>
    `Port ${port} of ${host} is not for this user: choose one from 1024 on, and let a proxy or the container pass ${port} on to it.`,
  EADDRNOTAVAIL: unknownHost,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
};

const badFolder = (socket: string): string =>
  `${socket} cannot be made: its folder is missing, or not for this user.`;
const badPath = (socket: string): string =>
  `${socket} is too long: a socket has a path of some hundred bytes at most.`;

const SOCKET: Readonly<Record<string, (socket: string) => string>> = {
  EADDRINUSE: (socket) =>
    `${socket} is there already, and is no socket that a process has left: stop its server, or choose another path.`,
  EACCES: badFolder,
  ENOENT: badFolder,
  EINVAL: badPath,
  ENAMETOOLONG: badPath,
};
