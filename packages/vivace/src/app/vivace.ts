import type { FastifyInstance, FastifyPluginOptions, FastifyRegisterOptions } from 'fastify';
import type {
  BuildOptions,
  IncludeOptions,
  ListenOptions,
  StaticOptions,
} from '../declare/options/application-options';
import type { HandlerMountOptions, MountOptions } from '../declare/options/mount-options';
import type { EntryInfo, RouteInfo, Server } from '../declare/server';
import type { VivaceOptions } from '../declare/options/vivace-options';
import type { Dependency } from '../declare/provided';
import type { Middleware } from '../declare/options/layer-options';
import type { Inclusion } from '../model/app-options';
import type { DocumentView, OpenAPIDocument } from '../declare/openapi';
import type { Class } from '../declare/class';
import type { MountedFiles, MountedHandler } from '../mount/mounts';
import { keepTickShape } from '../process/tick-shape';
import { refuseAbsentMethods } from './absent-methods';
import type { AppDeclaration, MountedApplication } from './declaration';
import { buildServer } from './build';
import { entriesOfApplication, explainOperation, routesOfApplication } from './explain';
import { warnOfUnusedControllers } from './boot-checks';
import { dutiesOf } from '../process/duties';
import { listenOn } from '../process/listen';
import type { Plugin, PluginOptions, Registration } from './plugins';
import { checkLimits } from './server-options';
import type { FetchApplication, FetchHandler, ForeignHandler, NodeHandler } from '../mount/mount';

/**
 * An application. It says what servers consist of, and any number of them can be built from it.
 *
 * @param options its controllers, what its document says, and how it behaves
 * @example
 * const app = new Vivace({ title: 'Shop', controllers: [ItemsController] });
 * await app.listen();
 */
export class Vivace<State = unknown> {
  readonly #options: VivaceOptions<State>;
  readonly #inclusions: Inclusion[] = [];
  readonly #middleware: Middleware[];
  readonly #plugins: Registration[] = [];
  readonly #mounts: MountedApplication[] = [];
  readonly #handlers: MountedHandler[] = [];
  readonly #files: MountedFiles[] = [];

  constructor(options: VivaceOptions<State> = {}) {
    checkLimits(options, Vivace);
    keepTickShape();
    this.#options = { ...options };
    this.#middleware = [...(options.middleware ?? [])];
  }

  /** Adds controllers; the same ones may be added again under another prefix. */
  include(controllers: Class | readonly Class[], options: IncludeOptions = {}): this {
    const { prefix = '', host, ...shared } = options;
    this.#inclusions.push({
      controllers: typeof controllers === 'function' ? [controllers] : [...controllers],
      prefix,
      ...(host !== undefined && { host }),
      options: shared,
    });
    return this;
  }

  /** Adds middleware, inside what was added before. */
  use(...middleware: Middleware[]): this {
    this.#middleware.push(...middleware);
    return this;
  }

  /**
   * Registers a plugin of Fastify in every server that is built: its hooks and decorators count for the routes of the application.
   *
   * @param plugin asynchronous, with a callback, or a function that registers several
   * @param options what its README says; with `prefix` it has a context of its own
   * @example app.plugin(rateLimit, { max: 100, timeWindow: '1 minute' });
   */
  plugin(register: (fastify: FastifyInstance) => unknown): this;
  plugin<Options extends FastifyPluginOptions>(
    plugin: Plugin<Options>,
    options?: PluginOptions<FastifyRegisterOptions<Options>>,
  ): this;
  plugin(plugin: Function, options?: PluginOptions<FastifyPluginOptions>): this {
    this.#plugins.push({ plugin, options });
    return this;
  }

  /**
   * Serves something else below a path, where this application has no route. The middleware of this
   * application is around it.
   *
   * @param app another application, with documents and lifespan of its own; an Express application or Connect handler;
   *   a fetch handler, or an object with `fetch`. All but the first see addresses without the path
   * @param options `name` for `urlFor`, the `host` that requests have to name, and `keepPrefix` for handlers that know the path
   * @example app.mount('/admin', admin); // its document: /admin/openapi.json
   */
  mount(path: string, app: Vivace, options?: MountOptions): this;
  mount(path: string, app: FetchApplication, options?: HandlerMountOptions): this;
  mount(path: string, handler: FetchHandler, options?: HandlerMountOptions): this;
  mount(path: string, handler: NodeHandler, options?: HandlerMountOptions): this;
  mount(path: string, app: Vivace | ForeignHandler, options: HandlerMountOptions = {}): this {
    if (app instanceof Vivace)
      this.#mounts.push({ path, options, recorded: () => app.#recorded() });
    else this.#handlers.push({ path, options, handler: app });
    return this;
  }

  /**
   * Serves the files of a directory below a path, where there is no route.
   *
   * @param directory relative to the working directory
   * @param options `html` serves `index.html` for a directory; `fallback` makes a single-page application; `maxAge` in seconds
   * @example app.static('/', 'dist', { fallback: 'index.html' });
   */
  static(path: string, directory: string, options: StaticOptions = {}): this {
    this.#files.push({ path, directory, options });
    return this;
  }

  /**
   * Builds a server that does not listen. It has its own Fastify instance, state and singletons.
   *
   * @throws BootError where the program cannot be an application
   */
  build(options: BuildOptions = {}): Promise<Server<State>> {
    return buildServer<State>(this.#recorded(), options);
  }

  /**
   * Builds a server and listens; then the work of extensions begins. SIGINT and SIGTERM close it.
   *
   * @throws BootError where the program cannot be an application, and for a process that would do nothing
   */
  async listen(options: ListenOptions = {}): Promise<Server<State>> {
    const { rootPath, trustProxy, grace } = options;
    const recorded = this.#recorded();
    const behaviour = {
      ...(rootPath !== undefined && { rootPath }),
      ...(trustProxy !== undefined && { trustProxy }),
      ...(grace !== undefined && { timeouts: { ...recorded.options.timeouts, shutdown: grace } }),
    };
    const duties = dutiesOf(options);
    const server = await buildServer<State>(
      { ...recorded, options: { ...recorded.options, ...behaviour } },
      options,
      duties,
    );
    warnOfUnusedControllers(server.fastify.log);
    await listenOn(server, { ...options, http: duties.http });
    if (duties.work) server.works.start();
    return server;
  }

  /** Runs a dependency outside HTTP (a job, a script) and closes everything it opened. */
  async run<T>(job: Dependency<T>, options: BuildOptions = {}): Promise<T> {
    await using server = await buildServer(this.#recorded(), options, { job });
    return await server.run(job);
  }

  /**
   * Gives the OpenAPI document; it needs neither settings nor singletons.
   *
   * @param options the `version` or `host` it is for, and which return types are response models
   * @throws HTTPException 404 for a version or host that no operation has
   * @example await app.openapi({ version: '2' });
   */
  async openapi(
    options: DocumentView & Pick<BuildOptions, 'responseModels'> = {},
  ): Promise<OpenAPIDocument> {
    const { responseModels, ...view } = options;
    const build = responseModels === undefined ? {} : { responseModels };
    await using server = await buildServer(this.#recorded(), build, { opens: false });
    return server.openapi(view);
  }

  /** Lists what it answers: an entry for each method and path, in the order of the program. */
  async routes(): Promise<readonly RouteInfo[]> {
    return routesOfApplication(this.#recorded());
  }

  /** Lists what is called by something other than HTTP: consumers of events, jobs. */
  async entries(): Promise<readonly EntryInfo[]> {
    return entriesOfApplication(this.#recorded());
  }

  /** Shows the code that is generated for an operation, such as `'GET /items/:item_id'`, or for an entry such as `'Billing.bill'`. */
  async explain(operation: string): Promise<string> {
    return explainOperation(this.#recorded(), operation);
  }

  #recorded(): AppDeclaration {
    return {
      options: this.#options,
      inclusions: [...this.#inclusions],
      middleware: [...this.#middleware],
      plugins: [...this.#plugins],
      mounts: [...this.#mounts],
      handlers: [...this.#handlers],
      files: [...this.#files],
    };
  }
}

refuseAbsentMethods(Vivace.prototype);
