import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { TypeData } from '../reflect/type-data';
import { SchemaBuilder } from '../schema/builder';
import type { Generics } from '../schema/generics';
import type { Schema } from '../schema/schema';

/** A return type that is no model, and why. */
export interface Unread {
  readonly unread: string;
}

/** Reads return types that nobody wrote: what is no data makes no model, and is no mistake of the program. */
export class InferredModels {
  readonly #builder: SchemaBuilder;
  /** Schemas are tried here first: what is begun of one that fails is found by no other. */
  #trial: SchemaBuilder;

  constructor(builder: SchemaBuilder) {
    this.#builder = builder;
    this.#trial = new SchemaBuilder(builder.types, builder.defaults);
  }

  /** @param type gives the part of the return type that is the model */
  read(
    type: () => TypeData | undefined,
    where: Where,
    generics: Generics,
  ): Schema | Unread | undefined {
    try {
      const data = type();
      if (data === undefined) return undefined;
      this.#trial.fromType(data, where, generics);
      return this.#builder.fromType(data, where, generics);
    } catch (error) {
      if (!(error instanceof BootError)) throw error;
      this.#trial = new SchemaBuilder(this.#builder.types, this.#builder.defaults);
      return { unread: error.seen };
    }
  }
}
