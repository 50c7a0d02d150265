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
    singular: [...words.slice(0, -1), singularOf(words.at(-1)!)].map(capital).join(''),
  };
}

/** `order` → `Order`. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Words whose one is not told by their ends. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  (
    'caches/cache children/child cookies/cookie data/data men/man movies/movie people/person ' +
    'series/series species/species women/woman'
  )
    .split(' ')
    .map((pair) => pair.split('/') as [string, string]),
);

function singularOf(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (/.{2}ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is|ews)$/.test(word)) return word;
  // boxes, buses, statuses, heroes
  return word.replace(/(?<=x|ch|sh|ss|[bnprt]us|alias|\w{2}[rt]o|echo)es$|s$/, '');
}
