import { extractTypes } from '../src/types/extract';
import type { ClassDefinition, Definition } from '../src/types/type-data';
import { TestProject, vivace } from './project';

/** The definitions of one file, by id. */
export function definitionsOf(source: string): Record<string, Definition> {
  using project = new TestProject({ ...vivace, 'src/dto.ts': source });
  return extractTypes(project.root).sideCar.defs;
}

/** The definition of one of its classes. */
export function classOf(source: string, name: string): ClassDefinition {
  return definitionsOf(source)[`shop/src/dto.ts#${name}`] as ClassDefinition;
}

export const ref = (name: string) => ({ ref: `shop/src/dto.ts#${name}` });
export const int = { prim: 'number', tags: { format: 'int' } };

/** Declarations that types in tests mention. */
export const context = `
import { type int } from 'vivace';
enum Color { Red = 'r', Green = 'g' }
enum Level { Low, High = 10, Higher }
class User { name!: string; password = ''; nick?: string; age: int | null = null; }
class Page<T> { items!: T[]; next!: Page<T> | null }
interface Address { street: string; zip?: number }
type Alias = 'b' | 'a';
type Json = string | Json[] | { [key: string]: Json };
type Email = string & { readonly format?: 'email' };
declare const brand: unique symbol;
type UserId = string & { readonly [brand]: 'user' };
type UserOut = Omit<User, 'password'>;
type Pair<A> = { left: A; right: A };
type Choice<A> = A | null;
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Both = Address & { city: string };
type Pet = { kind: 'cat'; lives: number } | { kind: 'dog' };
type Scores = Record<string, int>;
type Point = [x: number, y: number];
declare const optional: unique symbol;
type Opt = { readonly [optional]?: 1 };
type Branded<T> = T & { readonly __brand: 'x' };
`;
