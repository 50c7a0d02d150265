import type { Command } from 'commander';

export { main } from './main';
export { createProgram } from './program';

declare module 'vivace/extend' {
  interface CommandLine extends Command {}
}
