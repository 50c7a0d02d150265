/**
 * A type with the metadata of another one, as short as it can be: a keyword, `[]`, `()=>void`, `Promise`, or the name of a class.
 * `object` stands for all that has no constructor of its own, `void` for nothing.
 */
export type DesignType = string;

/** What the names of types that are no classes stand for, by where they begin in the text: only the checker knows it. */
export type DesignFacts = Readonly<Record<string, DesignType>>;

/** By the part of an id before `#`; files whose metadata takes nothing from others are not there. */
export type DesignMap = Readonly<Record<string, DesignFacts>>;

/** Before the type of a name that is a value too, such as an enum: `tsc` keeps its import. */
export const VALUE = '+';
