import type { Class } from '../declare/class';
import type { ClassDefinition, Definition } from './type-data';

/** What is known of the types of a program at run time. */
export interface Types {
  readonly mode: 'full' | 'decorators';
  /** How many definitions were read. */
  readonly definitions: number;
  /** The id of a class, such as `shop/src/dto.ts#User`. */
  idOf(type: Class): string | undefined;
  classOf(id: string): Class | undefined;
  definition(id: string): Definition | undefined;
  /** The definition of a class; undefined where only decorators count. */
  of(type: Class): ClassDefinition | undefined;
  /** `design:type` of a property: what the emitter left, undefined where it left nothing of use. */
  designOfProperty(type: Class, property: string): Class | undefined;
  /** `design:paramtypes` of a method or, without one, of the constructor. */
  designOfParameters(type: Class, method?: string): readonly (Class | undefined)[];
  /** What a package exports under a name; undefined where it has no such name, or cannot be loaded. */
  exportOf(module: string, name: string): unknown;
  /** File and line of a class, a method of it, or a dependency. */
  place(type: Class, method?: string): { readonly file?: string; readonly line?: number };
}
