import { UserError } from '../terminal/user-error';

/** A name in the forms that code and files have. */
export interface Names {
  /** `order-items` */
  readonly kebab: string;
  /** `orderItems` */
  readonly camel: string;
  /** `OrderItems` */
  readonly pascal: string;
  /** `ORDER_ITEMS` */
  readonly constant: string;
  /** `OrderItem`: of one of several. */
  readonly singular: string;
}

/**
 * Reads a name in any case: `orderItems`, `OrderItems`, `order-items`, `order_items`, `order
 * items`.
 *
 * @param kinds last words that say nothing more: the `controller` of `OrderItemsController`
 */
export function namesOf(text: string, ...kinds: readonly string[]): Names {
  const words = text
    .replaceAll(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  if (
    words.length === 0 ||
    words.some((word) => !/^[a-z\d]+$/.test(word)) ||
    /^\d/.test(words[0]!)
  ) {
    throw new UserError(
      `'${text}' cannot be a name.`,
      'Letters and digits, such as orderItems or order-items',
      { usage: true },
    );
  }
  if (words.length > 1 && kinds.includes(words.at(-1) ?? '')) words.pop();
  const pascal = words.map(capital).join('');
  return {
    kebab: words.join('-'),
    camel: words[0]! + words.slice(1).map(capital).join(''),
    pascal,
    constant: words.join('_').toUpperCase(),
    singular: singularOf(pascal),
  };
}

/** `order` → `Order`. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function singularOf(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:ss|us|is|ews)$/.test(word) ? word : word.replace(/(?<=x|ch|sh|ss)es$|s$/, '');
}
