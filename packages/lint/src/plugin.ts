import type { Node, Program } from 'oxc-parser';
import { rules as all } from './rules';

/** The part of ESLint's rule context that the plugin uses. */
export interface Context {
  readonly filename: string;
  report(problem: { readonly node: Node; readonly message: string }): void;
}
export interface PluginRule {
  readonly meta: { readonly type: 'problem'; readonly docs: { readonly description: string } };
  create(context: Context): { Program(program: Program): void };
}

export const meta = { name: 'vivace' };

/**
 * The rules of Vivace for oxlint, in the form of ESLint's plugins.
 *
 * @example
 * // .oxlintrc.json
 * { "jsPlugins": ["@vivace/lint"], "rules": { "vivace/safe-patterns": "error" } }
 */
export const rules: Readonly<Record<string, PluginRule>> = Object.fromEntries(
  Object.entries(all).map(([name, rule]): [string, PluginRule] => [
    name,
    {
      meta: { type: 'problem', docs: { description: rule.about } },
      create: (context) => ({
        Program(program) {
          for (const { node, seen, write } of rule.find(program, context.filename))
            context.report({ node, message: `${seen} Write instead: ${write}.` });
        },
      }),
    },
  ]),
);
