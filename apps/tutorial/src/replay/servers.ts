import type { Program } from './program';
import type { Exchange } from './recording';
import type { Override, Server, Vivace } from 'vivace';

/** The servers of one program: one for each app and set of overrides, and a new one for each test that starts the app's lifespan. */
export class Servers implements AsyncDisposable {
  private readonly servers = new Map<string, Server>();

  constructor(private readonly program: Program) {}

  async serving(exchange: Exchange): Promise<Server> {
    const started = exchange.lifespan ? exchange.test : '';
    const key = JSON.stringify([exchange.app, exchange.dependency_overrides, started]);
    const existing = this.servers.get(key);
    if (existing) return existing;
    await this.endTests(key);
    const server = await this.app(exchange.app).build({
      overrides: this.overrides(exchange),
      responseModels: 'written',
    });
    await server.fastify.listen({ host: '127.0.0.1', port: 0 });
    this.servers.set(key, server);
    return server;
  }

  app(name?: string): Vivace {
    const app =
      name === undefined ? this.program.app : (this.program.apps?.[name] ?? this.program.app);
    if (!app)
      throw new Error(
        name === undefined
          ? 'the program exports no `app`'
          : `the program's \`apps\` has no \`${name}\``,
      );
    return app;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers.values()) await server.close();
    this.servers.clear();
  }

  /** A test that started an application also stopped it. */
  private async endTests(next: string): Promise<void> {
    for (const [key, server] of this.servers) {
      if (key === next || (JSON.parse(key) as unknown[])[2] === '') continue;
      this.servers.delete(key);
      await server.close();
    }
  }

  private overrides(exchange: Exchange): Override[] {
    return Object.values(exchange.dependency_overrides ?? {}).map((name) => {
      const override = this.program.overrides?.[name];
      if (!override) throw new Error(`the program's \`overrides\` has no \`${name}\``);
      return override;
    });
  }
}
