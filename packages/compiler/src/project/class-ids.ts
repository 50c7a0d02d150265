import { dirname, relative } from 'node:path';
import { packageAt, portable } from './packages';

/** The default export of a file, before it is named by the file. */
export const ANONYMOUS = 'default';

/** The first part of the ids of what a file declares, such as `shop/src/dto.ts`. */
export function moduleId(file: string): string {
  const { root, name } = packageAt(dirname(file));
  return `${name}/${portable(relative(root, file))}`;
}

/** The module of an id: `shop/src/dto.ts` of `shop/src/dto.ts#User`. */
export function moduleOf(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/**
 * Gives the declarations of one file their ids, in the order of its text: `shop/src/dto.ts#User`, and `#User~2` for the second of
 * that name. The side-car has types under these ids, and the emitted code registers its classes with them, so both count here.
 */
export class ClassIds {
  readonly #count = new Map<string, number>();

  constructor(readonly module: string) {}

  next(written: string): string {
    const name = this.nameOf(written);
    const nth = (this.#count.get(name) ?? 0) + 1;
    this.#count.set(name, nth);
    return `${this.module}#${name}${nth === 1 ? '' : `~${nth}`}`;
  }

  /** What a class is called: one without a name of its own is called by its file. */
  nameOf(written: string): string {
    return written === ANONYMOUS ? nameOfModule(this.module) : written;
  }
}

/** `shop/src/shop-items.ts` and `shop/src/shop-items/index.ts` hold `ShopItems`. */
export function nameOfModule(module: string): string {
  const [file = '', folder = ''] = module
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
    .split('/')
    .toReversed();
  const words = (file === 'index' ? folder : file)
    .split(/[^\p{L}\p{N}$]+/u)
    .filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[\p{L}$]/u.test(name) ? name : `Class${name}`;
}
