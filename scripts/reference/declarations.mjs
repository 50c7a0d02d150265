// Reads what a package exports from its declarations, the files that `types` in its package.json name.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of declarations: its names, its imports, and what it exports from elsewhere. */
class DeclarationFile {
  static #read = new Map();

  static at(path) {
    const read = DeclarationFile.#read;
    if (!read.has(path)) read.set(path, new DeclarationFile(path));
    return read.get(path);
  }

  constructor(path) {
    this.path = path;
    this.text = readFileSync(path, 'utf8');
    /** By name: the declarations, of which an overloaded function has several. */
    this.own = new Map();
    /** By name: where it comes from, and its name there. */
    this.imported = new Map();
    /** The exported names in written order. */
    this.exported = [];
    const { program, comments } = parseSync(path, this.text);
    this.comments = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
    for (const statement of program.body) this.#add(statement);
  }

  #add(statement) {
    const source = statement.source?.value;
    if (statement.type === 'ImportDeclaration') {
      for (const { local, imported } of statement.specifiers)
        this.imported.set(local.name, { source, name: imported?.name });
    } else if (source !== undefined) {
      for (const { local, exported } of statement.specifiers ?? []) {
        this.imported.set(exported.name, { source, name: local.name });
        this.exported.push(exported.name);
      }
    } else {
      const node = statement.declaration ?? statement;
      for (const name of namesOf(node)) {
        if (!this.own.has(name)) this.own.set(name, []);
        this.own.get(name).push({ node, start: statement.start });
        if (statement.declaration && !this.exported.includes(name)) this.exported.push(name);
      }
    }
  }

  /** The declarations of a name, through files of this package; undefined for those of others. */
  find(name) {
    const nodes = this.own.get(name);
    if (nodes !== undefined) return { file: this, name, nodes };
    const { source, name: there } = this.imported.get(name) ?? {};
    if (!source?.startsWith('.')) return undefined;
    const base = join(dirname(this.path), source.replace(/\.[cm]?js$/, ''));
    const path = [`${base}.d.ts`, join(base, 'index.d.ts')].find((file) => existsSync(file));
    return path && DeclarationFile.at(path).find(there);
  }

  /** The comment that ends where something starts. */
  docBefore(start) {
    const comment = this.comments.findLast(({ end }) => end <= start);
    const between = comment && this.text.slice(comment.end, start).trim();
    if (between !== '' && between !== 'export') return undefined;
    return parseDoc(comment.value);
  }

  /** The source of a node on one line, without comments; the names of `types` stand for what they have. */
  source({ start, end }, types = {}) {
    const inside = this.comments.filter((comment) => comment.start >= start && comment.end <= end);
    let text = '';
    for (const comment of inside) {
      text += this.text.slice(start, comment.start);
      ({ end: start } = comment);
    }
    text = (text + this.text.slice(start, end)).replaceAll(/\s+/g, ' ').trim();
    for (const [name, type] of Object.entries(types))
      text = text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), type);
    return text.replaceAll(' & {}', '');
  }
}

/** What the subpaths of a package export, by subpath: names with their declarations. */
export function publicNames(root) {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([subpath, { types }]) => {
      const file = DeclarationFile.at(join(root, types));
      const found = file.exported.map((exported) => {
        const declared = file.find(exported);
        if (declared === undefined) throw new Error(`${types}: ${exported} is declared nowhere.`);
        return { ...declared, name: exported };
      });
      return { module: join(name, subpath), names: found };
    })
    .filter(({ names }) => names.length > 0);
}

function namesOf(node) {
  if (node.type === 'VariableDeclaration') return node.declarations.map(({ id }) => id.name);
  return node.id ? [node.id.name] : [];
}

const TAG = /^@(param|returns|throws|example|default)\b ?(.*)$/;

/** The text of a comment, and its tags; a decorator in an example is no tag. */
function parseDoc(comment) {
  const doc = { text: '', tags: [] };
  for (const line of comment.slice(1).split('\n')) {
    const text = line.replace(/^\s*\*? ?/, '').trimEnd();
    const [, tag, rest] = TAG.exec(text) ?? [];
    if (tag !== undefined) doc.tags.push({ tag, text: rest });
    else if (doc.tags.length > 0) doc.tags.at(-1).text += `\n${text}`;
    else doc.text += `\n${text}`;
  }
  for (const part of [doc, ...doc.tags]) part.text = part.text.trim();
  return doc;
}
