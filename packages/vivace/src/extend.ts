// For authors of packages that add to applications; programs import from the packages.
export type { Extension, Plan } from './declare/extension';
export type { Class } from './declare/class';
export type { Needs } from './declare/provided';
