export { extractTypes, type Extraction } from './types/extract';
export { injectIdentities, type Injected } from './build/inject';
export type {
  ClassDefinition,
  Definition,
  EnumDefinition,
  FunctionDefinition,
  MemberData,
  MethodData,
  ParameterData,
  SideCar,
  TypeData,
  TypeDefinition,
} from './types/type-data';
export { transform, type Transformed, type TransformOptions } from './emit/transform';
export { Compilation, type Transpiled } from './build/compilation';
export { TypeSession, type Problem } from './build/session';
export { registerTypeScript } from './build/register';
export { noteOf, type PlainPackage } from './build/plain-packages';
export { transpile } from './build/transpile';
export { checkTypes, type Freshness, writeTypes, type Written } from './build/types-file';
export { nearestConfig, optionsOf } from './project/tsconfig';
