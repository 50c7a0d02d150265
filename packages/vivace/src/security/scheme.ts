import { callOf } from '../declare/call-site';
import { checkHeaderText, checkWireName } from '../declare/wire-names';
import { carry, type CredentialSource } from '../declare/value-facts';
import type { Dependency, gives } from '../declare/provided';
import { HTTPException } from '../errors/http-exception';

/** What all security schemes can be told. */
export interface SchemeOptions<O extends boolean> {
  /**
   * Its name in the document.
   * @default the name of the class
   */
  readonly name?: string;
  /** A text about it, in the document. */
  readonly description?: string;
  /**
   * Whether it gives undefined instead of answering 401 where there are no credentials.
   * @default `false`
   */
  readonly optional?: O;
  /** The realm in `WWW-Authenticate`. */
  readonly realm?: string;
}
export type Maybe<T, O> = O extends true ? T | undefined : T;

/** What makes a scheme of your own: what the document says, and how credentials are found. */
export interface SchemeParts<T> {
  /** The security scheme object of the document, without its description. */
  readonly document: { readonly type: string; readonly [key: string]: unknown };
  /** What `WWW-Authenticate` names, such as `Bearer`. */
  readonly challenge: string;
  /**
   * Gives the credentials; undefined: there are none. `reject` makes the error for credentials that
   * cannot be read.
   */
  readonly find: (request: CredentialSource, reject: () => HTTPException) => T | undefined;
}

/** A dependency that reads credentials and is documented; without credentials it answers 401. */
export abstract class SecurityScheme<T> implements Dependency<T> {
  declare readonly [gives]: T;
  readonly #challenge: string;

  /**
   * @param options name, description and more
   * @param parts what makes the scheme
   * @throws BootError for a name that no client can send, or a challenge that no answer can carry
   */
  protected constructor(
    options: SchemeOptions<boolean>,
    { document, challenge, find }: SchemeParts<NonNullable<T>>,
  ) {
    const { name = new.target.name, description, optional = false, realm } = options;
    const { type, ...rest } = document;
    const at = (option: string) => callOf(new.target, option);
    if (type === 'apiKey')
      checkWireName(rest['in'] as 'header' | 'query' | 'cookie', String(rest['name']), at('key'));
    if (type === 'http') checkWireName('scheme', String(rest['scheme']), at('scheme'));
    checkHeaderText(challenge, at('prefix' in options ? 'prefix' : 'challenge'));
    if (realm !== undefined) checkHeaderText(realm, at('realm'));
    this.#challenge =
      realm === undefined ? challenge : `${challenge} realm="${realm.replace(/["\\]/g, '\\$&')}"`;
    const described = Object.freeze({
      type,
      ...(description !== undefined && { description }),
      ...rest,
    });
    const found = (request: CredentialSource): T | undefined => find(request, () => this.reject());
    carry(this, {
      kind: 'scheme',
      name,
      schemes: Object.freeze([Object.freeze({ name, document: described })]),
      optional,
      find: found,
      read: (request) => {
        const credentials = found(request);
        if (credentials === undefined && !optional) throw this.reject();
        return credentials;
      },
    });
  }

  /**
   * Makes a 401 with the challenge of this scheme, to be thrown.
   *
   * @param detail `Not authenticated` by default
   */
  reject(detail: unknown = 'Not authenticated'): HTTPException {
    return new HTTPException(401, detail, { headers: { 'WWW-Authenticate': this.#challenge } });
  }
}
