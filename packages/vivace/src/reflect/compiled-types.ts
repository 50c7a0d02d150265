import { basename, dirname, join } from 'node:path';
import { shortPath } from '../declare/call-site';
import { BootError } from '../errors/boot-error';
import type { Class } from '../declare/class';
import { checkMeaning, Copies } from './copies';
import { designOfParameters, designOfProperty } from './design';
import { exportOf, ForeignClasses } from './foreign-classes';
import { moduleOf, nameOf, sourceOf, type Announced, type Registration } from './registry';
import { isOurs, withoutWords } from './own-words';
import { loadModule, packageOf, packagesUsedBy, type TypedPackage } from './side-car';
import type { ClassDefinition, Definition, SideCar } from './type-data';
import type { Types } from './types';

/** Joins the classes that announced themselves with the definitions of their packages; modules may load at any time. */
export class CompiledTypes implements Types {
  readonly mode = 'full';
  readonly designOfProperty = designOfProperty;
  readonly designOfParameters = designOfParameters;
  readonly #ids = new WeakMap<Class, string>();
  readonly #classes = new Map<string, Registration>();
  readonly #definitions = new Map<string, Definition>();
  readonly #packages = new Map<string, TypedPackage>();
  /** Where each was written, as messages show it. */
  readonly #sources = new Map<Registration, string>();
  /** The package of each file that was compiled. */
  readonly #owners = new Map<string, TypedPackage>();
  readonly #sideCars = new Set<SideCar>();
  readonly #foreign = new ForeignClasses();
  readonly #copies = new Copies((id) => this.#written(id));
  /** Packages that others may still be read for. */
  #mentioning: TypedPackage[] = [];
  readonly #announced: readonly Announced[];
  #joined = 0;

  constructor(announced: readonly Announced[]) {
    this.#announced = announced;
  }

  get definitions(): number {
    return this.#definitions.size;
  }

  idOf(type: Class): string | undefined {
    this.join();
    return this.#ids.get(type) ?? this.#foreign.named(type.name).find((id) => this.#is(type, id));
  }

  classOf(id: string): Class | undefined {
    this.join();
    checkMeaning(id);
    return (this.#classes.get(id) ?? this.#loaded(id))?.type;
  }

  definition(id: string): Definition | undefined {
    this.join();
    return this.#copies.definition(id);
  }

  of(type: Class): ClassDefinition | undefined {
    const id = this.idOf(type);
    const definition = id === undefined ? undefined : this.definition(id);
    return definition?.kind === 'class' ? definition : undefined;
  }

  exportOf(module: string, name: string): unknown {
    const roots = Array.from(this.#packages.values(), ({ root }) => root);
    return exportOf(roots, module, name);
  }

  place(type: Class, method?: string): { readonly file?: string; readonly line?: number } {
    const id = this.idOf(type);
    if (id === undefined) return {};
    const definition = this.of(type);
    const line =
      (method === undefined ? undefined : definition?.methods?.[method]?.line) ?? definition?.line;
    const file = this.#source(id);
    return { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
  }

  #written(id: string): Definition | undefined {
    const known = this.#definitions.get(id);
    if (known !== undefined || this.#mentioning.length === 0) return known;
    for (const typed of this.#mentioning.splice(0))
      for (const used of packagesUsedBy(typed)) this.#read(used);
    return this.#written(id);
  }

  /** Whether a class of a package that was not compiled is the one that has an id. */
  #is(type: Class, id: string): boolean {
    try {
      return this.#ofPackage(id)?.type === type;
    } catch {
      return false;
    }
  }

  /** Loads a class of a package that was not compiled. */
  #ofPackage(id: string): Registration | undefined {
    const known = this.#classes.get(id);
    const found = known === undefined ? this.#foreign.load(id) : undefined;
    if (found === undefined) return known;
    const registration = { id, hash: '', ...found };
    this.#ids.set(found.type, id);
    this.#classes.set(id, registration);
    return registration;
  }

  #source(id: string): string | undefined {
    const registration = this.#classes.get(id);
    if (registration === undefined) return undefined;
    const known = this.#sources.get(registration);
    const source = known ?? shortPath(join(this.#packageOf(registration).root, sourceOf(id)));
    this.#sources.set(registration, source);
    return source;
  }

  /** A class that is only named as a type: the import was erased, and nothing has loaded its module. */
  #loaded(id: string): Registration | undefined {
    if (this.definition(id)?.kind !== 'class') return undefined;
    const module = moduleOf(id);
    const owner = this.#owners.get(module);
    const found = owner === undefined ? this.#loadOfPackage(id) : this.#load(owner, id);
    if (typeof found === 'object') return found;
    if (owner === undefined) throw notCompiled(id, this.#foreign.scriptOf(id), found);
    throw new BootError(
      'CLASS_NOT_LOADED',
      { type: nameOf(id), file: shortPath(join(owner.root, sourceOf(id))) },
      `The class is only named as a type, so that its import was erased, and ${found}.`,
      `\`import '…/${basename(module).replace(/tsx?$/, 'js')}';\` where the application is made. If its package was built by \`tsc\` alone: \`npx vivace-types --inject dist\` there.`,
    );
  }

  /** The class, or why it is not there. */
  #load(owner: TypedPackage, id: string): Registration | string {
    try {
      loadModule(owner, moduleOf(id), sourceOf(id));
    } catch (error) {
      return `its module cannot be loaded: ${messageOf(error)}`;
    }
    this.join();
    return this.#classes.get(id) ?? 'its module does not make it when it is loaded';
  }

  #loadOfPackage(id: string): Registration | string {
    try {
      return this.#ofPackage(id) ?? 'no JavaScript that exports it is found';
    } catch (error) {
      return `its module cannot be loaded: ${messageOf(error)}`;
    }
  }

  /**
   * Reads what was announced since the last time.
   *
   * @throws BootError if there is nothing, or if it has no types or other ones
   */
  join(): void {
    while (this.#joined < this.#announced.length) {
      const [id, type, hash, file] = this.#announced[this.#joined] as Announced;
      const registration = { id, type, hash, file };
      this.#check(registration);
      const own = this.#copies.add(registration);
      this.#ids.set(type, own);
      this.#classes.set(own, registration);
      this.#joined += 1;
    }
    if (this.#joined > 0) return;
    throw new BootError(
      'TYPES_MISSING',
      {},
      'No class of this program carries its types: it was not compiled with Vivace.',
      'the preset `@vivace/compiler/jest` in the configuration of Jest, or `npx vivace-types --inject dist` after `tsc`.',
    );
  }

  #check({ id, type, hash, file }: Registration): void {
    const { root, sideCar } = this.#packageOf({ file });
    if (sideCar?.files[moduleOf(id)] === hash) return;
    const where = { type: type.name, file: shortPath(join(root, sourceOf(id))) };
    const command = `\`npx vivace-types\` in ${shortPath(root)}, then start again`;
    if (sideCar === undefined) {
      throw new BootError(
        'TYPES_MISSING',
        where,
        'The types of this file are needed and were not written.',
        `${command}; or \`new Vivace({ types: 'decorators' })\`.`,
      );
    }
    throw new BootError(
      'TYPES_STALE',
      where,
      'This file has changed since its types were written.',
      `${command}.`,
    );
  }

  #packageOf({ file }: Pick<Registration, 'file'>): TypedPackage {
    const directory = dirname(file);
    const known = this.#packages.get(directory);
    if (known !== undefined) return known;
    const found = packageOf(file);
    this.#packages.set(directory, found);
    this.#read(found);
    return found;
  }

  #read(typed: TypedPackage): void {
    const { sideCar } = typed;
    if (sideCar === undefined || this.#sideCars.has(sideCar)) return;
    this.#sideCars.add(sideCar);
    this.#mentioning.push(typed);
    for (const module of Object.keys(sideCar.files)) this.#owners.set(module, typed);
    this.#foreign.add(sideCar.defs, typed);
    for (const [id, definition] of Object.entries(sideCar.defs))
      this.#definitions.set(id, isOurs(id) ? withoutWords(definition) : definition);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notCompiled(id: string, script: string | undefined, reason: string): BootError {
  return new BootError(
    'CLASS_NOT_COMPILED',
    { type: nameOf(id) },
    `The class is declared by ${script ?? moduleOf(id)}, which was not compiled with Vivace, and ${reason}: its decorators and initialisers are not known.`,
    '`npx vivace-types --inject dist` in its package after `tsc`, or `vivace build` there.',
  );
}
