import type * as written from '@vivace/compiler';
import type * as read from './type-data';

/** Whether two types are the same in all their parts, optional ones too. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Fits<A, B> = A extends B ? (B extends A ? true : false) : false;

// What the compiler writes is what the framework reads.
true satisfies Fits<written.SideCar, read.SideCar>;
true satisfies Same<written.SideCar, read.SideCar>;
true satisfies Same<written.Definition, read.Definition>;
true satisfies Same<written.ClassDefinition, read.ClassDefinition>;
true satisfies Same<written.TypeDefinition, read.TypeDefinition>;
true satisfies Same<written.EnumDefinition, read.EnumDefinition>;
true satisfies Same<written.FunctionDefinition, read.FunctionDefinition>;
true satisfies Same<written.MethodData, read.MethodData>;
true satisfies Same<written.MemberData, read.MemberData>;
true satisfies Same<written.ParameterData, read.ParameterData>;
true satisfies Same<written.TypeData, read.TypeData>;
