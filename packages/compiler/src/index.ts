export { extractTypes, type Extraction } from './extract';
export { injectIdentities, type Injected } from './inject';
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
} from './side-car';
export { transform, type Transformed, type TransformOptions } from './transform';
export { Compilation, type Transpiled } from './compilation';
export { TypeSession, type Problem } from './session';
export { transpile } from './transpile';
export { checkTypes, type Freshness, writeTypes, type Written } from './types-file';
export { nearestConfig, optionsOf } from './tsconfig';
