import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { injectIdentities, transpile } from '../../src';
import { TestProject } from '../project';

/** The two ways from TypeScript to JavaScript, each with one of the two kinds of modules. */
export const emitters = [
  { emitter: 'swc', type: 'commonjs' },
  { emitter: 'tsc', type: 'module' },
] as const;
type Emitter = (typeof emitters)[number];

/** What a program may name without importing it. */
const prelude = `import { BackgroundTasks, Body, Controller, Depends, Field, Get, HTTPException, Injectable, Model, Post, Put, Query, Reply, Request, Secret, Vivace, bytes, date, datetime, decimal, dependency, duration, email, int, ip, oneOf, parse, time, url, uuid } from 'vivace'; import { Expose, Type } from 'class-transformer'; import { Min, MinLength } from 'class-validator';`;

/** Starts the programs that it is asked for, each on a port of its own. */
const main = `
process.on('message', async (name: string) => {
  try {
    const { app } = await import(\`./\${name}.js\`);
    const server = await app.build();
    process.send!({ name, url: await server.fastify.listen({ port: 0 }) });
  } catch (error) {
    process.send!({ name, error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
`;

type Started =
  | { readonly name: string; readonly url: string }
  | { readonly name: string; readonly error: string };

/** Small programs as text: compiled together by the real compiler, and served over HTTP by one process. */
export class Programs {
  readonly #project: TestProject;
  readonly #files: Record<string, string> = { 'src/main.ts': main };
  readonly #started = new Map<string, Promise<Started>>();
  #count = 0;
  #child!: ChildProcess;

  constructor(readonly emitter: Emitter) {
    this.#project = new TestProject({}, { type: emitter.type });
    beforeAll(() => this.#start(), 60_000);
    afterAll(() => this.#stop());
  }

  /** A program that exports `app`; `files` stand beside it. */
  program(source: string, files: Record<string, string> = {}): Program {
    const name = `program${++this.#count}`;
    this.#files[`src/${name}.ts`] = prelude + source;
    Object.assign(this.#files, files);
    return new Program(() => this.#launch(name));
  }

  /** A program that reads a value of a type as JSON and gives it back. */
  echo(declarations: string, type: string): Program {
    return this.program(`${declarations}
      @Controller() class Echo { @Post('/') echo(@Body() value: ${type}): ${type} { return value; } }
      export const app = new Vivace({ controllers: [Echo] });`);
  }

  async #start(): Promise<void> {
    this.#project.write(this.#files);
    const out = this.#compile();
    this.#child = fork(this.#project.path(out, 'main.js'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(this.#child, 'spawn');
  }

  #compile(): string {
    const { root } = this.#project;
    if (this.emitter.emitter === 'swc') {
      transpile(root, this.#project.path('.vivace/out'));
      return '.vivace/out/src';
    }
    this.#project.tsc();
    injectIdentities(this.#project.path('dist'), root);
    return 'dist';
  }

  #launch(name: string): Promise<Started> {
    const known = this.#started.get(name);
    if (known) return known;
    const started = new Promise<Started>((resolve) => {
      const listen = (message: Started) => {
        if (message.name !== name) return;
        this.#child.off('message', listen);
        resolve(message);
      };
      this.#child.on('message', listen);
      this.#child.send(name);
    });
    this.#started.set(name, started);
    return started;
  }

  async #stop(): Promise<void> {
    if (this.#child?.exitCode === null) {
      this.#child.disconnect();
      await once(this.#child, 'exit');
    }
    this.#project[Symbol.dispose]();
  }
}

interface Answer {
  readonly status: number;
  /** Text where it is no JSON. */
  readonly json: unknown;
}

/** One of the programs, as a client meets it. */
export class Program {
  constructor(private readonly start: () => Promise<Started>) {}

  async fetch(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch((await this.#url()) + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { status: response.status, json: isJson ? JSON.parse(text) : text };
  }

  /** The JSON or other text that a path answers. */
  async get(path: string): Promise<unknown> {
    return this.#accepted(await this.fetch(path));
  }

  /** What `POST /` answers to a value. */
  async post(value: unknown): Promise<unknown> {
    return this.#accepted(await this.fetch('/', this.#json(value)));
  }

  /** What is wrong with a value for `POST /`: `int_type body.age`. */
  async refusal(value: unknown): Promise<string[]> {
    const { status, json } = await this.fetch('/', this.#json(value));
    if (status !== 422) throw new Error(`${status} ${JSON.stringify(json)}`);
    return (json as { detail: { type: string; loc: unknown[] }[] }).detail.map(
      ({ type, loc }) => `${type} ${loc.join('.')}`,
    );
  }

  async document(): Promise<OpenAPI> {
    return (await this.get('/openapi.json')) as OpenAPI;
  }

  /** A component of the document. */
  async component(name: string): Promise<unknown> {
    return (await this.document()).components.schemas[name];
  }

  /** What the document says of the body of `POST /`. */
  async body(): Promise<unknown> {
    return (await this.document()).paths['/']!['post']!.requestBody!.content['application/json']!
      .schema;
  }

  /** Why the program does not start. */
  async error(): Promise<string> {
    const started = await this.start();
    return 'error' in started ? started.error : 'none';
  }

  #json(value: unknown): RequestInit {
    return {
      method: 'POST',
      body: JSON.stringify(value),
      headers: { 'content-type': 'application/json' },
    };
  }

  #accepted({ status, json }: Answer): unknown {
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`);
    return json;
  }

  async #url(): Promise<string> {
    const started = await this.start();
    if ('error' in started) throw new Error(started.error);
    return started.url;
  }
}

interface OpenAPI {
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenAPIOperation>>>>;
}
interface OpenAPIOperation {
  readonly parameters?: readonly unknown[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: unknown }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >;
}
