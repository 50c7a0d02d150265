import { isReserved } from '../generate/reserved-words';

/** Types that the client declares itself, or uses. */
const TYPES: ReadonlySet<string> = new Set(
  (
    'AbortController Api ApiConfig Blob CancelToken File FormData FullRequestParams Generator GivenHeaders Headers ' +
    'HttpClient HttpResponse NonNullable Omit Partial Readonly RequestHeaders RequestInit ' +
    'RequestParams Response ResponseFormat URLSearchParams'
  ).split(' '),
);
/** Members of the class whose other members are the operations and their groups. */
const MEMBERS =
  'abortController abortControllers abortRequest baseUrl config constructor request securityData setSecurityData';

/** A name for a type of the program that takes no other's place. */
export function typeName(name: string): string {
  return TYPES.has(name) || isReserved(name) ? `${name}Model` : name;
}

/** A name that a parameter of a function may have. */
export function parameterName(name: string): string {
  return isReserved(name) ? `${name}Param` : name;
}

/** Names that are taken once each: of operations in their groups, and of the groups. */
export class MemberNames {
  readonly #taken = new Map([['', new Set(MEMBERS.split(' '))]]);
  readonly #groups = new Map([['', '']]);

  /** The member that a group of operations is. */
  group(name: string): string {
    const known = this.#groups.get(name) ?? this.operation('', name);
    this.#groups.set(name, known);
    return known;
  }

  /** The member of its group that an operation is; `''` is the class itself. */
  operation(group: string, name: string): string {
    const taken = this.#taken.get(group) ?? new Set();
    this.#taken.set(group, taken);
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
    taken.add(free);
    return free;
  }
}
