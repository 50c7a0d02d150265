// Writes the page of a subpath: every name that it exports, with its signature and what it says of itself.
import { block, cell, code, examplesOf, firstSentence, notesOf, table } from './markdown.mjs';
import { idOf, numberOf, shapeOf, typesIn } from './shapes.mjs';

/** The name of a page's file. */
export const fileOf = (module) => `${module.split('/').at(-1)}.md`;

/** One page. */
export class Page {
  #module;
  #places;
  #silent;
  #waiting;
  /** By heading in small letters: how often it is there. */
  #headings = new Map();

  /**
   * @param places by id of a declaration: the module of its page and its anchor there
   * @param silent collects what says nothing about itself
   */
  constructor({ module, names }, places, silent) {
    this.#module = module;
    this.#places = places;
    this.#silent = silent;
    this.#waiting = [...names];
    for (const declared of names) this.#place(declared);
  }

  async text() {
    const constants = this.#waiting.filter((declared) => numberOf(declared) !== undefined);
    const named = this.#waiting.filter((declared) => !constants.includes(declared));
    const sections = [];
    for (this.#waiting = named; this.#waiting.length > 0;)
      sections.push(await this.#section(this.#waiting.shift()));
    const names = sections.map(({ name, anchor, what }) => [
      `[\`${name}\`](#${anchor})`,
      cell(what),
    ]);
    const values = constants.map((declared) => [code(declared.name), numberOf(declared)]);
    const parts = [
      `# \`${this.#module}\``,
      '<!-- Written by `npm run reference` from the declarations: change the comments there. -->',
      names.length > 0 && table(['Name', 'What it is'], names),
      values.length > 0 && table(['Name', 'Value'], values),
      ...sections.map(({ body }) => body),
    ];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
  }

  async #section(declared) {
    const { file, name, nodes } = declared;
    const doc = nodes.map(({ start }) => file.docBefore(start)).find((one) => one?.text);
    if (doc === undefined) this.#silent.push(`${this.#module}: ${name}`);
    const { lines, members, options } = shapeOf(declared, doc);
    const types = typesIn(declared).map((type) => this.#link(type));
    const parts = [
      `## \`${name}\``,
      await block(lines.join('\n')),
      doc?.text,
      notesOf(doc)
        .map((note) => `- ${note}`)
        .join('\n'),
      options.length > 0 && this.#table(name, options, true),
      members.length > 0 &&
        this.#table(
          name,
          members,
          members.some(({ optional }) => optional),
        ),
      ...[doc, ...members.map((member) => member.doc)].flatMap(examplesOf),
      types.some(Boolean) && `Types: ${[...new Set(types.filter(Boolean))].join(', ')}.`,
    ];
    const what = firstSentence(doc?.text ?? '');
    const { anchor } = this.#places.get(idOf(declared));
    return { name, anchor, what, body: parts.filter(Boolean).join('\n\n') };
  }

  #table(owner, members, options) {
    const rows = members.flatMap((member) => this.#rows(owner, member, '', options));
    return options
      ? table(['Option', 'Type', 'Default', 'What it does'], rows)
      : table(['Member', 'What it is'], rows);
  }

  #rows(owner, { name, doc, nested = [], optional, signatures, type }, before, options) {
    // Members of an object say something of themselves where the object does not.
    const told = nested.some((inner) => inner.doc) || !doc?.text ? nested : [];
    const inside = told.flatMap((inner) => this.#rows(owner, inner, `${before}${name}.`, options));
    if (!doc?.text && inside.length === 0)
      this.#silent.push(`${this.#module}: ${owner}.${before}${name}`);
    const said = cell([doc?.text ?? '', ...notesOf(doc)].join(' '));
    if (!options) {
      return [[signatures.map(code).join('<br>'), said], ...inside];
    }
    const fallback = doc?.tags.find(({ tag }) => tag === 'default')?.text;
    const written = inside.length > 0 ? 'object' : (type ?? signatures.join('; '));
    const missing = optional ? '' : 'required';
    return [[code(before + name), code(written), cell(fallback ?? missing), said], ...inside];
  }

  /** A type that no subpath exports gets a section on the page that mentions it first, if it says what it is. */
  #link(declared) {
    if (!this.#places.has(idOf(declared))) {
      const [{ node, start }] = declared.nodes;
      const documented = Boolean(declared.file.docBefore(start)?.text);
      if (node.type !== 'TSInterfaceDeclaration' && !documented) return undefined;
      this.#waiting.push(declared);
      this.#place(declared);
    }
    const { module, anchor, name } = this.#places.get(idOf(declared));
    return `[\`${name}\`](${module === this.#module ? '' : fileOf(module)}#${anchor})`;
  }

  /** Headings that differ only in capitals are numbered. */
  #place(declared) {
    const word = declared.name.toLowerCase();
    const count = this.#headings.get(word) ?? 0;
    this.#headings.set(word, count + 1);
    if (this.#places.has(idOf(declared))) return;
    const anchor = count === 0 ? word : `${word}-${count}`;
    this.#places.set(idOf(declared), { module: this.#module, name: declared.name, anchor });
  }
}
