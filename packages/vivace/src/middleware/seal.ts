import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** Makes text unreadable and unchangeable for those who carry it: AES-256-GCM with keys derived from secrets. */
export class Seal {
  readonly #keys: readonly Buffer[];

  /**
   * @param secrets the first one seals; all of them open, so that a secret can be replaced without losing what it sealed
   * @param purpose what is sealed: nothing of one purpose opens for another
   */
  constructor(secrets: readonly string[], purpose: string) {
    this.#keys = secrets.map((secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', `vivace ${purpose}`, 32)),
    );
  }

  /** The text, so that only who has a secret can read it, and nobody can change it. */
  seal(text: string): string {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(ALGORITHM, this.#keys[0]!, iv);
    const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
  }

  /** The text, or undefined if somebody else made the seal or changed it. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV + TAG) return undefined;
    for (const key of this.#keys) {
      const text = openWith(key, bytes);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

function openWith(key: Buffer, bytes: Buffer): string | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV), { authTagLength: TAG });
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
  const text = decipher.update(bytes.subarray(IV + TAG), undefined, 'utf8');
  try {
    return text + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
