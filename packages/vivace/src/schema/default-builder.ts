import { BootError } from '../errors/boot-error';
import { loadTypes } from '../reflect/load';
import type { Types } from '../reflect/types';
import type { SchemaBuilder } from './builder';
import { builderFor } from './builders';
import type { Class } from '../declare/class';
import type { ObjectSchema } from './schema';

const builders = new Map<boolean, SchemaBuilder>();

/** The builder of what needs no application and works while modules load: `parse`, `dump`, `jsonable`. */
export function defaultBuilder(strict = false): SchemaBuilder {
  const builder = builders.get(strict) ?? builderFor(typesOfProgram(), { extra: 'ignore', strict });
  builders.set(strict, builder);
  return builder;
}

const models = new WeakMap<Class, ObjectSchema | 'none'>();

/** The DTO that an object is an instance of. */
export function modelOf(instance: object): ObjectSchema | undefined {
  const type = instance.constructor as Class | undefined;
  if (typeof type !== 'function' || type === Object) return undefined;
  let model = models.get(type);
  if (model === undefined) {
    model = findModel(type) ?? 'none';
    models.set(type, model);
  }
  return model === 'none' ? undefined : model;
}

/** A class of a library, which the compiler did not see, is no DTO unless everything about it is said. */
function findModel(type: Class): ObjectSchema | undefined {
  const schemas = defaultBuilder();
  try {
    return schemas.isModel(type) ? schemas.fromClass(type, { type: type.name }) : undefined;
  } catch (error) {
    if (error instanceof BootError && schemas.types.of(type) === undefined) return undefined;
    throw error;
  }
}

function typesOfProgram(): Types {
  try {
    return loadTypes({ mode: 'required' });
  } catch (error) {
    if (error instanceof BootError && error.code === 'TYPES_MISSING')
      return loadTypes({ mode: 'decorators' });
    throw error;
  }
}
