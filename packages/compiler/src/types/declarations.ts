import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type NodeHandle, type Project, type Symbol, SyntaxKind } from '../project/checker';
import { ANONYMOUS, ClassIds, moduleId, moduleOf } from '../project/class-ids';
import { packageAt } from '../project/packages';
import type { Definition, DefinitionMap } from './type-data';
import { buildFile, developmentFile, readSideCar } from './side-car-file';
import { childrenOf, has, isClass, type Syntax, unwrapped } from '../project/syntax';

/** Something that has an id: a class, an interface, an alias, an enum, or a variable that holds a dependency. */
export interface Declaration {
  readonly id: string;
  readonly node: Syntax;
}

const typeKinds: readonly number[] = [
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.EnumDeclaration,
];

/** What another package says of itself. */
interface Shipped {
  readonly name: string;
  readonly defs: DefinitionMap;
}

/** Gives declarations their ids: the same that the injected identities have. */
export class Declarations {
  readonly #files = new Map<string, ReadonlyMap<string, Declaration>>();
  readonly #shipped = new Map<string, Shipped | undefined>();
  /** Side-cars of other packages that were mentioned. */
  readonly used = new Set<string>();

  constructor(readonly project: Project) {}

  /** What a file declares, in the order of its text. */
  of(file: string): readonly Declaration[] {
    return [...this.#index(file).values()];
  }

  /** The declaration that names a type, where it has one of its own. */
  ofSymbol(symbol: Symbol): Declaration | undefined {
    const handle =
      symbol.declarations.find(isClassHandle) ??
      symbol.declarations.find(({ kind }) => typeKinds.includes(kind));
    return handle && this.ofNode(handle.resolve(this.project) as Syntax | undefined);
  }

  ofNode(node: Syntax | undefined): Declaration | undefined {
    return node && this.#index(node.getSourceFile().fileName).get(keyOf(node));
  }

  /** The definition in another package's own side-car. */
  shipped({ id, node }: Declaration): Definition | undefined {
    const { fileName, isDeclarationFile } = node.getSourceFile();
    const sideCar = isDeclarationFile ? this.#sideCarBeside(dirname(fileName)) : undefined;
    const definition = sideCar?.defs[id];
    if (sideCar && definition) this.used.add(sideCar.name);
    return definition;
  }

  /** A definition that a side-car of another package has, among those that were met. */
  shippedAs(id: string): Definition | undefined {
    return [...this.#shipped.values()].find((each) => each && id in each.defs)?.defs[id];
  }

  #index(fileName: string): ReadonlyMap<string, Declaration> {
    let index = this.#files.get(fileName);
    if (!index) this.#files.set(fileName, (index = this.#read(fileName)));
    return index;
  }

  #read(fileName: string): ReadonlyMap<string, Declaration> {
    const file = this.project.program.getSourceFile(fileName) as
      (Syntax & { isDeclarationFile: boolean }) | undefined;
    if (!file) return new Map();
    const named = [...namedNodes(file, dependencyCallees(file))];
    const module = file.isDeclarationFile ? this.#sourceOf(fileName) : moduleId(fileName);
    const values = file.isDeclarationFile
      ? named
      : named.filter(({ node }) => !typeKinds.includes(node.kind));
    const types = named.filter((each) => !values.includes(each));
    const ids = new ClassIds(module);
    return new Map(
      [...values, ...types].map(({ node, name }) => [keyOf(node), { node, id: ids.next(name) }]),
    );
  }

  /** The source that a declaration file was made from: by the map beside it, or by what its package ships. */
  #sourceOf(declarationFile: string): string {
    const map = `${declarationFile}.map`;
    if (existsSync(map)) {
      const { sourceRoot = '', sources } = JSON.parse(readFileSync(map, 'utf8')) as {
        sourceRoot?: string;
        sources: readonly string[];
      };
      if (sources[0] !== undefined)
        return moduleId(resolve(dirname(declarationFile), sourceRoot, sources[0]));
    }
    const own = moduleId(declarationFile);
    const shipped = Object.keys(this.#sideCarBeside(dirname(declarationFile))?.defs ?? {}).map(
      moduleOf,
    );
    return shipped.find((module) => placeInBuild(module) === placeInBuild(own)) ?? own;
  }

  #sideCarBeside(directory: string): Shipped | undefined {
    if (!this.#shipped.has(directory)) this.#shipped.set(directory, this.#findSideCar(directory));
    return this.#shipped.get(directory);
  }

  #findSideCar(directory: string): Shipped | undefined {
    for (const file of [buildFile(directory), developmentFile(directory)]) {
      const sideCar = readSideCar(file);
      if (sideCar) return { name: moduleId(file), defs: sideCar.defs };
    }
    return directory === packageAt(directory).root
      ? undefined
      : this.#sideCarBeside(dirname(directory));
  }
}

function isClassHandle({ kind }: NodeHandle): boolean {
  return kind === SyntaxKind.ClassDeclaration || kind === SyntaxKind.ClassExpression;
}

/** Nodes of remote trees have no identity of their own. */
function keyOf(node: Syntax): string {
  return `${node.kind}:${node.pos}`;
}

/** A module without its first folder (`src`, `dist`) and its extension. */
function placeInBuild(module: string): string {
  return module.replace(/^((?:@[^/]+\/)?[^/]+)\/[^/]+\//, '$1/').replace(/(\.d)?\.[cm]?tsx?$/, '');
}

function* namedNodes(
  node: Syntax,
  callees: ReadonlySet<string>,
): Generator<{ node: Syntax; name: string }> {
  const name = registeredName(node, callees);
  if (name !== undefined) yield { node, name };
  for (const child of childrenOf(node)) yield* namedNodes(child, callees);
}

function registeredName(node: Syntax, callees: ReadonlySet<string>): string | undefined {
  if (typeKinds.includes(node.kind)) return node.name?.text;
  if (isClass(node)) return isAmbient(node) ? undefined : className(node);
  return node.kind === SyntaxKind.VariableDeclaration && dependencyCall(node, callees)
    ? node.name?.text
    : undefined;
}

/** Only declared: no class at run time, unless the whole file is a declaration of another one. */
function isAmbient(node: Syntax): boolean {
  return has(node, SyntaxKind.DeclareKeyword) && !node.getSourceFile().isDeclarationFile;
}

function className(node: Syntax): string | undefined {
  if (node.name) return node.name.text;
  if (node.kind === SyntaxKind.ClassDeclaration) return ANONYMOUS;
  let holder = node.parent;
  while (holder !== unwrapped(holder)) holder = holder.parent;
  if (holder.kind === SyntaxKind.VariableDeclaration) return holder.name?.text;
  return holder.kind === SyntaxKind.ExportAssignment ? ANONYMOUS : undefined;
}

/** The call of `dependency` that a variable is set to. */
function dependencyCall({ initializer }: Syntax, callees: ReadonlySet<string>): boolean {
  const call = unwrapped(initializer);
  return call?.kind === SyntaxKind.CallExpression && callees.has(call.expression?.getText() ?? '');
}

/** What a file calls the function `dependency` of vivace. */
function dependencyCallees({ statements = [] }: Syntax): ReadonlySet<string> {
  const imports = statements.filter(
    ({ kind, moduleSpecifier }) =>
      kind === SyntaxKind.ImportDeclaration && moduleSpecifier?.text === 'vivace',
  );
  const bindings = imports.map(({ importClause }) => importClause?.namedBindings);
  return new Set(
    bindings.flatMap((binding) =>
      binding?.kind === SyntaxKind.NamespaceImport
        ? [`${binding.name?.text}.dependency`]
        : (binding?.elements ?? [])
            .filter((each) => (each.propertyName ?? each.name)?.text === 'dependency')
            .map((each) => each.name?.text ?? ''),
    ),
  );
}
